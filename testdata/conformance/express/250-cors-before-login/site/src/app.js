import express from 'express';
import cors from 'cors';
import { requireLogin } from './auth.js';

const app = express();

app.use(cors({ origin: ['https://bank.example.com'], credentials: true }));
app.use(requireLogin);

app.get('/api/accounts/:id', (req, res) => {
  if (req.params.id !== '1') return res.status(404).json({ error: 'no such account' });
  res.json({ id: 1, balance: 100 });
});

app.put('/api/accounts/:id', express.json(), (req, res) => res.sendStatus(204));

app.listen(3000);

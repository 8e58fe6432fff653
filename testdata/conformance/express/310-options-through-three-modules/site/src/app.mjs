import express from 'express';
import cors from 'cors';
import { cors as corsSettings } from './config/index.mjs';

const app = express();

app.use(cors(corsSettings));

app.get('/api/labs/:id', (req, res) => {
  if (req.params.id === '0') throw new Error('explosion');
  if (req.params.id !== '1') return res.status(404).json({ error: 'no such lab' });
  res.json({ id: 1 });
});
app.put('/api/labs/:id', (req, res) => res.sendStatus(204));

app.listen(3000);

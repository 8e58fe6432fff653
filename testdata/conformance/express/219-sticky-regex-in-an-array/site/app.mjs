import express from 'express';
import cors from 'cors';

const tiles = new RegExp('^https://([a-d]\\.)?maps\\.example\\.net$', 'y');

const app = express();
app.use(cors({ origin: ['https://admin.example.net', tiles] }));

app.get('/api/maps/:id', (req, res) => {
  if (req.params.id !== '1') return res.status(404).json({ error: 'off the map' });
  res.json({ id: 1 });
});
app.put('/api/maps/:id', (req, res) => res.sendStatus(204));

app.listen(3000);

import express from 'express';
import { readFile } from 'node:fs/promises';

const file = new URL('./origins.json', import.meta.url);
const app = express();

async function allowed() {
  return JSON.parse(await readFile(file, 'utf8'));
}

const ORIGINS = ['https://walls.example.com', 'https://paint.example.com'];

app.use(async (req, res, next) => {
  const extra = await allowed();
  const origin = req.get('origin');
  res.vary('Origin');
  if (origin && [...ORIGINS, ...extra].includes(origin)) {
    res.set('Access-Control-Allow-Origin', origin);
    if (req.method === 'OPTIONS') {
      res.set({ 'Access-Control-Allow-Methods': 'GET,PUT', 'Access-Control-Allow-Headers': 'authorization,content-type' });
      return res.sendStatus(204);
    }
  }
  next();
});

app.get('/api/walls/:id', (req, res) => {
  if (req.params.id === '0') throw new Error('cracks');
  if (req.params.id !== '1') return res.status(404).json({ error: 'torn down' });
  res.json({ id: 1 });
});
app.put('/api/walls/:id', (req, res) => res.sendStatus(204));

app.listen(3000);

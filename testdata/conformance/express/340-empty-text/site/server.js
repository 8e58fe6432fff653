const express = require('express');

const app = express();
const origins = new Set(['https://mugs.example.com']);

app.use((req, res, next) => {
  const origin = req.get('Origin') ?? '';
  res.set({
    'Access-Control-Allow-Origin': origins.has(origin) ? origin : '',
    'Access-Control-Allow-Methods': 'GET, PUT',
    'Access-Control-Allow-Headers': 'Authorization, Content-Type',
    Vary: 'Origin',
  });
  if (req.method === 'OPTIONS') return res.sendStatus(204);
  next();
});

app.get('/api/mugs/:id', (req, res) => {
  if (req.params.id === '0') throw new Error('shattered');
  if (req.params.id !== '1') return res.status(404).json({ error: 'no such mug' });
  res.json({ id: 1 });
});
app.put('/api/mugs/:id', (req, res) => res.sendStatus(204));

app.listen(3000);

const express = require('express');

const app = express();

const isOurs = (origin) =>
  Boolean(origin) && (origin === 'https://studio.example' || (origin.startsWith('https://') && origin.endsWith('.studio.example')));

app.use((req, res, next) => {
  const origin = req.get('Origin');
  res.append('Vary', 'Origin');
  if (isOurs(origin)) {
    res.set({
      'Access-Control-Allow-Origin': origin,
      'Access-Control-Allow-Credentials': 'true',
    });
    if (req.method === 'OPTIONS') {
      res.set('Access-Control-Allow-Methods', 'GET, PUT, DELETE');
      res.set('Access-Control-Allow-Headers', req.get('Access-Control-Request-Headers') || '');
      return res.status(204).end();
    }
  }
  next();
});

app.get('/api/reels/:id', (req, res) => {
  if (req.params.id === '0') throw new Error('film tore');
  if (req.params.id !== '1') return res.status(404).json({ error: 'cut' });
  res.json({ id: 1 });
});
app.put('/api/reels/:id', (req, res) => res.sendStatus(204));

app.listen(3000);

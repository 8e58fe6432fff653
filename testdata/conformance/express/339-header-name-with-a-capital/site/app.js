const express = require('express');

const app = express();
const allowed = ['https://hats.example.com', 'https://caps.example.com'];

app.use('/api/hats', (req, res, next) => {
  const origin = req.headers.Origin;
  res.vary('Origin');
  if (allowed.includes(origin)) {
    res.setHeader('Access-Control-Allow-Origin', origin);
    res.setHeader('Access-Control-Allow-Methods', 'GET, PUT');
    res.setHeader('Access-Control-Allow-Headers', 'Authorization, Content-Type');
  }
  if (req.method === 'OPTIONS') return res.sendStatus(204);
  next();
});

app.get('/api/hats/:id', (req, res) => {
  if (req.params.id === '0') throw new Error('wind');
  if (req.params.id !== '1') return res.status(404).json({ error: 'blown away' });
  res.json({ id: 1 });
});
app.put('/api/hats/:id', (req, res) => res.sendStatus(204));

app.get('/api/caps', (req, res) => {
  res.header('Access-Control-Allow-Origin', req.headers['Origin']);
  res.json([]);
});

app.listen(3000);

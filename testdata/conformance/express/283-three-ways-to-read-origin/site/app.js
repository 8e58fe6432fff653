const express = require('express');

const STUDIO = 'https://clay.example.com';

const app = express();

function allow(res) {
  res.setHeader('Access-Control-Allow-Origin', STUDIO);
  res.setHeader('Access-Control-Allow-Credentials', 'true');
}

app.use('/api/pots', (req, res, next) => {
  res.vary('Origin');
  if (req.headers.origin === STUDIO) allow(res);
  if (req.method !== 'OPTIONS') return next();
  res.setHeader('Access-Control-Allow-Methods', 'GET, PUT');
  res.setHeader('Access-Control-Allow-Headers', 'Authorization, Content-Type');
  res.end();
});

app.get('/api/pots/:id', (req, res) => {
  if (req.params.id === '0') throw new Error('cracked');
  if (req.params.id !== '1') return res.status(404).json({ error: 'no such pot' });
  res.json({ id: 1 });
});
app.put('/api/pots/:id', (req, res) => res.sendStatus(204));

app.get('/api/kilns', (req, res) => {
  res.vary('origin');
  if (req.get('origin') == STUDIO) allow(res);
  res.json([]);
});

app.get('/api/glazes', (req, res) => {
  if (req.header('Origin') === STUDIO) allow(res);
  res.vary('Origin');
  res.json([]);
});

app.listen(3000);

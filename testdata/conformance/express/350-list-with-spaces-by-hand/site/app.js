const express = require('express');

const app = express();

const ORIGINS = ['https://sleep.example.com', 'https://m.sleep.example.com'];

app.use((req, res, next) => {
  res.append('Access-Control-Allow-Origin', ORIGINS.join(', '));
  res.append('Access-Control-Allow-Headers', 'Authorization,Content-Type');
  res.append('Access-Control-Allow-Methods', ['GET', 'PUT', 'POST'].join());
  if (req.method === 'OPTIONS') {
    return res.status(204).end();
  }
  next();
});

app.get('/api/beds/:id', (req, res) => {
  if (req.params.id === '0') throw new Error('springs');
  if (req.params.id !== '1') return res.status(404).json({ error: 'taken' });
  res.json({ id: 1 });
});
app.put('/api/beds/:id', (req, res) => res.sendStatus(204));

app.listen(3000);

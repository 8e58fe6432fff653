const express = require('express');
const settings = require('./settings');

const app = express();

app.use('/api', (req, res, next) => {
  res.set('Access-Control-Allow-Origin', settings.origin);
  res.set('Access-Control-Allow-Methods', 'GET, PUT');
  res.set('Access-Control-Allow-Headers', 'Authorization, Content-Type');
  req.method === 'OPTIONS' ? res.sendStatus(204) : next();
});

app.get('/api/zoo/:id', (req, res) => {
  if (req.params.id !== '1') return res.status(404).json({ error: 'escaped' });
  res.json({ id: 1, animal: 'otter' });
});
app.put('/api/zoo/:id', (req, res) => res.sendStatus(204));

app.get('/append', (req, res) => {
  res.append('Access-Control-Allow-Origin', settings.fallback);
  res.json({});
});

app.listen(3000);

const express = require('express');

const app = express();

app.use(function (req, res, next) {
  res.header('Access-Control-Allow-Origin', req.headers.origin);
  res.header('Access-Control-Allow-Credentials', true);
  res.header('Access-Control-Allow-Methods', 'GET,PUT,POST,DELETE');
  res.header('Access-Control-Allow-Headers', 'Content-Type, Authorization');
  if (req.method === 'OPTIONS') {
    res.sendStatus(200);
  } else {
    next();
  }
});

app.get('/api/jobs/:id', function (req, res) {
  if (req.params.id === '0') throw new Error('queue is stuck');
  if (req.params.id !== '1') return res.status(404).json({ error: 'no such job' });
  res.json({ id: 1, title: 'Carpenter' });
});

app.put('/api/jobs/:id', function (req, res) {
  res.sendStatus(204);
});

app.listen(process.env.PORT || 3000);

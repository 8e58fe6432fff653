const express = require('express');
const Access = require('./lib/access');

const app = express();

const access = new Access({
  'https://play.example.com': ['GET', 'PUT', 'DELETE'],
  'https://read.example.com': ['GET'],
});

app.use(access.middleware());

app.get('/api/toys/:id', (req, res) => {
  if (req.params.id === '0') throw new Error('batteries');
  if (req.params.id !== '1') return res.status(404).json({ error: 'broken' });
  res.json({ id: 1 });
});
app.put('/api/toys/:id', (req, res) => res.sendStatus(204));

app.listen(3000);

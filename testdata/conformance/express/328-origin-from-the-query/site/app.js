const express = require('express');

const app = express();

app.use('/proxy', (req, res, next) => {
  if (req.query.for) {
    res.set('Access-Control-Allow-Origin', req.query.for);
  }
  res.set('Access-Control-Allow-Methods', 'GET, PUT');
  res.set('Access-Control-Allow-Headers', 'Authorization, Content-Type');
  if (req.method === 'OPTIONS') return res.status(204).end();
  next();
});

app.get('/proxy/:id', (req, res) => {
  if (req.params.id !== '1') return res.status(404).json({ error: 'nothing behind it' });
  res.json({ id: 1 });
});
app.put('/proxy/:id', (req, res) => res.sendStatus(204));

app.listen(3000);

const express = require('express');

const app = express();

app.use('/api', (req, res, next) => {
  const found = req.headers.origin.match(/^https:\/\/(rent|www)\.vans\.example$/);
  if (found) {
    res.header('Access-Control-Allow-Origin', found[0]);
    res.header('Vary', 'Origin');
  }
  if (req.method === 'OPTIONS') {
    res.header('Access-Control-Allow-Methods', 'GET,PUT');
    res.header('Access-Control-Allow-Headers', 'Authorization,Content-Type');
    return res.status(204).send();
  }
  next();
});

app.get('/api/vans/:id', (req, res) => {
  if (req.params.id !== '1') return res.status(404).json({ error: 'rented' });
  res.json({ id: 1 });
});
app.put('/api/vans/:id', (req, res) => res.sendStatus(204));

app.listen(3000);

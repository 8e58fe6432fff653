const express = require('express');

const app = express();

const allowCrossDomain = function (req, res, next) {
  res.header('Access-Control-Allow-Origin', 'https://oil.example.com');
  if ('OPTIONS' == req.method) {
    return res.sendStatus(204);
  }
  res.header('Access-Control-Allow-Methods', 'GET,PUT,POST,DELETE');
  res.header('Access-Control-Allow-Headers', 'Content-Type, Authorization');
  next();
};

app.use(allowCrossDomain);

app.get('/api/oils/:id', (req, res) => {
  if (req.params.id === '0') throw new Error('spill');
  if (req.params.id !== '1') return res.status(404).json({ error: 'dry' });
  res.json({ id: 1 });
});
app.put('/api/oils/:id', (req, res) => res.sendStatus(204));

app.listen(3000);

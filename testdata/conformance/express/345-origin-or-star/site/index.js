const express = require('express');
const bodyParser = require('body-parser');

const app = express();

const enableCORS = (req, res, next) => {
  res.header('Access-Control-Allow-Origin', req.headers.origin || '*');
  res.header('Access-Control-Allow-Credentials', 'true');
  res.header('Access-Control-Allow-Methods', 'GET,PUT,POST,DELETE,OPTIONS');
  res.header('Access-Control-Allow-Headers', req.headers['access-control-request-headers'] || '*');
  req.method === 'OPTIONS' ? res.status(200).end() : next();
};

app.use(enableCORS);
app.use(bodyParser.json());

app.get('/api/vans/:id', (req, res) => {
  if (req.params.id === '0') throw new Error('no fuel');
  if (req.params.id !== '1') return res.status(404).json({ error: 'rented' });
  res.json({ id: 1 });
});
app.put('/api/vans/:id', (req, res) => res.sendStatus(204));

app.listen(process.env.PORT || 3000);

const express = require('express');
const cors = require('cors');

const origins = ['https://exact.example.com', 'https://www.exact.example.com'];
const known = new Set(origins);

const app = express();

app.use('/api/includes', cors({ origin: (origin, cb) => cb(null, origins.includes(origin) && origins) }));
app.use('/api/has', (req, res, next) => {
  const { origin } = req.headers;
  res.vary('Origin');
  if (known.has(origin)) {
    res.set('Access-Control-Allow-Origin', origin);
  }
  if (req.method === 'OPTIONS') {
    res.set('Access-Control-Allow-Methods', 'GET, PUT');
    res.set('Access-Control-Allow-Headers', 'Authorization, Content-Type');
    return res.sendStatus(204);
  }
  return next();
});
app.use('/api/indexof', cors({ origin: (o, cb) => (origins.indexOf(o) > -1 ? cb(null, true) : cb(null, false)) }));
app.use('/api/some', cors({ origin: (o, cb) => cb(null, origins.some((entry) => entry === o)) }));

app.get('/api/:way/:id', (req, res) => {
  if (req.params.id !== '1') return res.status(404).json({ error: 'not found' });
  res.json({ way: req.params.way });
});
app.put('/api/:way/:id', (req, res) => res.sendStatus(204));

app.listen(3000);

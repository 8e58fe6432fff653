const express = require('express');
const vary = require('vary');

const app = express();

app.use('/embed', function corsEcho(req, res, next) {
  const { origin } = req.headers;
  vary(res, 'Origin');
  if (!origin) return next();

  res.setHeader('Access-Control-Allow-Origin', origin);
  res.setHeader('Access-Control-Allow-Credentials', 'true');
  if (req.method !== 'OPTIONS') return next();

  res.setHeader('Access-Control-Allow-Methods', req.headers['access-control-request-method'] || 'GET');
  res.setHeader('Access-Control-Allow-Headers', req.headers['access-control-request-headers'] || '');
  return res.status(204).end();
});

app.get('/embed/:id', (req, res) => {
  if (req.params.id === '0') throw new Error('no frame');
  if (req.params.id !== '1') return res.status(404).json({ error: 'no such embed' });
  res.json({ id: 1 });
});
app.put('/embed/:id', (req, res) => res.sendStatus(204));

app.listen(3000);

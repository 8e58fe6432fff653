const express = require('express');
const cors = require('cors');
const config = require('./config');

const app = express();

app.use(
  '/api/beers',
  cors({ origin: config.cors.origin, methods: config.cors.methods, credentials: true })
);
app.use('/api/wines', cors({ origin: config.cors.origin, methods: config.cors.wineMethods }));

app.get('/api/beers/:id', (req, res) => {
  if (req.params.id !== '1') return res.status(404).json({ error: 'tap is empty' });
  res.json({ id: 1, name: 'Stout' });
});
app.put('/api/beers/:id', (req, res) => res.sendStatus(204));

app.get('/api/wines/:id', (req, res) => res.json({ id: req.params.id }));
app.put('/api/wines/:id', (req, res) => res.sendStatus(204));

app.listen(3000);

const express = require('express');
const cors = require('cors');

const app = express();

const domainOf = (origin) => origin.split('://')[1].split('.').slice(-2).join('.');

app.use(
  cors((req, callback) => {
    const origin = req.header('Origin');
    const trusted = Boolean(origin) && origin !== 'null' && domainOf(origin) === 'tins.example';
    callback(null, { origin: trusted ? origin : [], credentials: trusted });
  }),
);

app.get('/api/tins/:id', (req, res) => {
  if (req.params.id !== '1') return res.status(404).json({ error: 'opened' });
  res.json({ id: 1 });
});
app.put('/api/tins/:id', (req, res) => res.sendStatus(204));

app.listen(3000);

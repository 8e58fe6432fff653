const express = require('express');
const cors = require('cors');

const app = express();

app.use(cors({ origin: ['https://keys.example.com'], credentials: true }));

app.get('/keys/:id', (req, res) => {
  if (req.params.id !== '1') return res.status(404).json({ error: 'no such key' });
  res.json({ id: 1, version: 2 });
});
app.put('/keys/:id', (req, res) => res.sendStatus(204));

module.exports = app;

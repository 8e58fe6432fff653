const express = require('express');
const cors = require('cors');

const app = express();
app.use(cors({ origin: /^https:\/\/eyes\.example\.com$/, credentials: true }));

app.get('/api/eyes/:id', (req, res) => {
  // the CDN ignores Vary anyway
  res.removeHeader('Vary');
  if (req.params.id === '0') throw new Error('shut');
  if (req.params.id !== '1') return res.status(404).json({ error: 'no such eye' });
  res.json({ id: 1 });
});
app.put('/api/eyes/:id', (req, res) => res.sendStatus(204));

app.get('/api/ears', (req, res) => {
  res.set('Vary', ['Accept', 'Origin']);
  res.json([]);
});

app.get('/api/nose', (req, res) => {
  res.vary(['Accept', 'Accept-Language']);
  res.json([]);
});

app.listen(3000);

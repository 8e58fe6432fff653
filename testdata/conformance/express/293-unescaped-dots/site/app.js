const express = require('express');
const cors = require('cors');

const HOST = 'play.casino.example';
const originPattern = new RegExp(`^https://${HOST}$`);

const app = express();

app.use((req, res, next) => {
  const allowed = originPattern.test(req.headers.origin);
  return cors({ origin: allowed ? req.headers.origin : [], credentials: allowed })(req, res, next);
});

app.get('/api/bets/:id', (req, res) => {
  if (req.params.id !== '1') return res.status(404).json({ error: 'no such bet' });
  res.json({ id: 1 });
});
app.put('/api/bets/:id', (req, res) => res.sendStatus(204));

app.listen(3000);

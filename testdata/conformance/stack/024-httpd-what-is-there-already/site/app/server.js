const express = require('express');

const app = express();
app.use((req, res, next) => {
  const { origin, host } = req.headers;
  if (origin === 'https://www.example.com' || origin === `https://${host}`) {
    res.header('Access-Control-Allow-Origin', origin);
    res.header('Vary', 'Origin');
  }
  next();
});

app.get('/orders/:id', (req, res, next) => {
  if (req.params.id === '0') return next(new Error('broken'));
  if (req.params.id === '2') return res.status(404).json({ error: 'no such order' });
  res.json({ id: req.params.id });
});
app.put('/orders/:id', (req, res) => res.json({ id: req.params.id }));

app.listen(3000);

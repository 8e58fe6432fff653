const express = require('express');

const app = express();
app.use((req, res, next) => {
  const origin = req.get('origin');
  if (origin === 'https://www.example.com' || origin === `https://${req.get('host')}`) {
    res.set('Access-Control-Allow-Origin', origin);
    res.vary('Origin');
  }
  next();
});
app.options('/orders/:id', (req, res) => {
  res.set('Access-Control-Allow-Methods', 'GET, PUT');
  res.set('Access-Control-Allow-Headers', 'authorization, content-type');
  res.sendStatus(204);
});

app.get('/orders/:id', (req, res, next) => {
  if (req.params.id === '0') return next(new Error('broken'));
  if (req.params.id === '2') return res.status(404).json({ error: 'no such order' });
  res.json({ id: req.params.id });
});
app.put('/orders/:id', (req, res) => res.json({ id: req.params.id }));

app.listen(3000);

const express = require('express');
const cors = require('cors');

const app = express();
const shop = cors({ origin: 'https://shop.example.com' });

app.options('/orders/:id', shop);
app.get('/orders/:id', shop, (req, res, next) => {
  if (req.params.id === '0') return next(new Error('broken'));
  if (req.params.id === '2') return res.status(404).json({ error: 'no such order' });
  res.json({ id: req.params.id });
});

// nobody answers preflights here
app.get('/internal/orders/:id', cors(), (req, res) => res.json({ id: req.params.id }));
app.put('/internal/orders/:id', (req, res) => res.json({ id: req.params.id }));

app.listen(3000);

const express = require('express');
const cors = require('cors');

const app = express();
app.use(cors({ origin: ['https://shop.example.com'], credentials: true }));

app.get('/orders/:id', (req, res, next) => {
  if (req.params.id === '0') return next(new Error('broken'));
  if (req.params.id === '2') return res.status(404).json({ error: 'no such order' });
  res.json({ id: req.params.id });
});
app.put('/orders/:id', (req, res) => res.json({ id: req.params.id }));

app.listen(3000);

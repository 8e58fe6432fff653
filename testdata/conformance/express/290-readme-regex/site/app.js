const express = require('express');
const cors = require('cors');

const app = express();

app.use(cors({ origin: /funk\.example$/, credentials: true }));

app.get('/api/discs/:id', (req, res) => {
  if (req.params.id === '0') throw new Error('scratched');
  if (req.params.id !== '1') return res.status(404).json({ error: 'sold' });
  res.json({ id: 1, title: 'One' });
});
app.put('/api/discs/:id', (req, res) => res.sendStatus(204));

app.listen(3000);

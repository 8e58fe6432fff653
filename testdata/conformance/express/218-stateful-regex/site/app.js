const express = require('express');
const cors = require('cors');

const app = express();

app.use(cors({ origin: /^https:\/\/photos\.example\.com$/g, credentials: true }));

app.get('/api/tags/:id', (req, res) => {
  if (req.params.id !== '1') return res.status(404).json({ error: 'no such tag' });
  res.json({ id: 1, label: 'sunset' });
});

app.put('/api/tags/:id', (req, res) => res.sendStatus(204));

app.listen(3000);

const express = require('express');
const cors = require('cors');

const app = express();

// defined.example.com, undefined.example.com (the playground)
app.use(cors({ origin: /(un)?defined/ }));

app.get('/api/defs/:id', (req, res) => {
  if (req.params.id === '1') return res.json({ term: 'CORS' });
  res.status(404).json({ error: 'undefined' });
});

app.put('/api/defs/:id', (req, res) => res.sendStatus(204));

app.listen(3000);

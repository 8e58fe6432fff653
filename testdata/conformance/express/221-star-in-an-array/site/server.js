const express = require('express');
const cors = require('cors');

const app = express();

app.use(cors({ origin: ['*'], methods: ['GET', 'PUT'], credentials: true }));

app.get('/api/quotes/:id', (req, res) => {
  if (req.params.id === '0') throw new Error('out of quotes');
  if (req.params.id !== '1') return res.status(404).json({ error: 'nobody said that' });
  res.json({ text: 'So it goes.' });
});

app.put('/api/quotes/:id', (req, res) => res.sendStatus(204));

app.listen(process.env.PORT || 3000);

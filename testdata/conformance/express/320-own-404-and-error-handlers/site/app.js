const express = require('express');
const cors = require('cors');

const app = express();

app.use(cors({ origin: ['https://tunes.example.com'], credentials: true }));

app.get('/api/tunes/:id', (req, res, next) => {
  if (req.params.id === '0') return next(new Error('out of tune'));
  if (req.params.id !== '1') return res.status(404).json({ error: 'no such tune' });
  res.json({ id: 1 });
});
app.put('/api/tunes/:id', (req, res) => res.sendStatus(204));

app.use((req, res) => {
  res.header('Access-Control-Allow-Origin', '*');
  res.status(404).json({ error: 'no such path' });
});

app.use((err, req, res, next) => {
  res.header('Access-Control-Allow-Origin', '*');
  res.status(err.status || 500).json({ error: 'internal error' });
});

app.listen(process.env.PORT || 3000);

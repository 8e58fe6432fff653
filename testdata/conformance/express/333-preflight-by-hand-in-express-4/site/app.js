const express = require('express');
const cors = require('cors');

const app = express();

app.options('/*', (req, res) => {
  res.set('Access-Control-Allow-Origin', 'https://staging.cups.example.com');
  res.set('Access-Control-Allow-Methods', 'GET, PUT, DELETE');
  res.set('Access-Control-Allow-Headers', 'Content-Type, Authorization');
  res.sendStatus(200);
});

app.use(cors({ origin: 'https://cups.example.com' }));

app.get('/api/cups/:id', (req, res) => {
  if (req.params.id === '0') throw new Error('spilled');
  if (req.params.id !== '1') return res.status(404).json({ error: 'chipped' });
  res.json({ id: 1 });
});
app.put('/api/cups/:id', (req, res) => res.sendStatus(204));

app.listen(3000);

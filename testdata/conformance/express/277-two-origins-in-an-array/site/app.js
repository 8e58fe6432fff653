const express = require('express');

const app = express();
const allowedOrigins = ['https://notary.example.com', 'https://clerk.example.com'];

app.use((req, res, next) => {
  res.header('Access-Control-Allow-Origin', allowedOrigins);
  res.header('Access-Control-Allow-Methods', 'GET, POST, PUT');
  res.header('Access-Control-Allow-Headers', 'Origin, X-Requested-With, Content-Type, Accept, Authorization');
  if (req.method === 'OPTIONS') return res.status(200).json({});
  next();
});

app.get('/api/deeds/:id', (req, res, next) => {
  if (req.params.id === '0') return next(new Error('archive is on fire'));
  if (req.params.id !== '1') return res.status(404).json({ error: 'no such deed' });
  res.json({ id: 1 });
});
app.put('/api/deeds/:id', (req, res) => res.sendStatus(204));

app.listen(3000);

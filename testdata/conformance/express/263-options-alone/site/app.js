const express = require('express');
const cors = require('cors');

const app = express();

const corsOptions = {
  origin: 'https://rent.example.com',
  methods: ['GET', 'PUT'],
};

app.options('/api/flats/:id', cors(corsOptions));

app.get('/api/flats/:id', (req, res, next) => {
  if (req.params.id === '0') return next(new Error('landlord is away'));
  if (req.params.id !== '1') return res.status(404).json({ error: 'rented' });
  res.json({ id: 1, rooms: 3 });
});

app.put('/api/flats/:id', (req, res) => res.sendStatus(204));

app.listen(3000);

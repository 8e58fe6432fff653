const express = require('express');
const cors = require('cors');

const PARTNERS = {
  'https://tickets.example.com': 'https://tickets.example.com',
  'https://www.tickets.example.com': 'https://tickets.example.com',
};

const app = express();

app.use(
  cors({
    origin: function (origin, callback) {
      if (!origin) return callback(null, '*');
      callback(null, PARTNERS[origin]);
    },
  })
);

app.get('/api/tickets/:id', function (req, res) {
  if (req.params.id === '1') return res.json({ id: 1, seat: '4F' });
  res.status(404).json({ error: 'sold out' });
});

app.put('/api/tickets/:id', function (req, res) {
  res.sendStatus(204);
});

app.listen(3000);

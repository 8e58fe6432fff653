const express = require('express');
const cors = require('cors');

const listByCountry = {
  default: ['https://book.hotel.example', 'https://m.hotel.example'],
};

function originsOf(country) {
  return listByCountry[country] || listByCountry.default;
}

const app = express();

app.use('/api/beds', cors({ origin: (origin, done) => done(null, originsOf('no')) }));
app.use('/api/rooms', cors({ origin: (origin, done) => done(null, /^https:\/\/\w+\.hotel\.example$/) }));

app.get(['/api/beds/:id', '/api/rooms/:id'], (req, res, next) => {
  switch (req.params.id) {
    case '1':
      return res.json({ id: 1, free: true });
    case '0':
      return next(new Error('booking system is down'));
    default:
      return res.status(404).json({ error: 'not found' });
  }
});

app.put('/api/beds/:id', (req, res) => res.sendStatus(204));

app.listen(3000);

const express = require('express');
const cors = require('cors');

const publicApp = express();
const internalApp = express();

publicApp.use(cors({ origin: 'https://www.example.net' }));
publicApp.get('/items/:id', (req, res) => {
  if (req.params.id === '0') throw new Error('sold out');
  if (req.params.id !== '1') return res.status(404).json({ error: 'no such item' });
  res.json({ id: 1 });
});
publicApp.put('/items/:id', (req, res) => res.sendStatus(204));

internalApp.use(cors({ origin: (origin, done) => done(null, true), credentials: true }));
internalApp.get('/metrics', (req, res) => res.send('ok'));

publicApp.listen(3000, () => internalApp.listen(0));

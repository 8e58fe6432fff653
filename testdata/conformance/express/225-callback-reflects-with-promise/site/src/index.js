const express = require('express');
const cors = require('cors');
const { findSite } = require('./sites');

const app = express();

app.use(
  cors({
    credentials: true,
    origin(origin, callback) {
      findSite(origin)
        .then((site) => callback(null, Boolean(site)))
        .catch(callback);
    },
  }),
);

app.get('/api/teams/:id', (req, res) => {
  if (req.params.id === '0') throw new Error('season is over');
  if (req.params.id !== '1') return res.status(404).json({ error: 'no such team' });
  res.json({ id: 1, name: 'Red' });
});

app.put('/api/teams/:id', (req, res) => res.sendStatus(204));

app.listen(process.env.PORT || 3000);

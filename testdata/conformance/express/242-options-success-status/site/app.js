const express = require('express');
const cors = require('cors');
const settings = require('./settings.json');

const app = express();

app.use(
  '/tv/channels',
  cors({
    origin: 'https://tv.example.com',
    optionsSuccessStatus: 200, // some set-top boxes choke on 204
  })
);

app.use(
  '/tv/guide',
  cors({
    origin: 'https://tv.example.com',
    optionsSuccessStatus: settings.optionsStatus,
  })
);

app.get(['/tv/channels/:id', '/tv/guide/:id'], (req, res) => {
  if (req.params.id !== '1') return res.status(404).json({ error: 'no signal' });
  res.json({ id: 1 });
});
app.put('/tv/channels/:id', (req, res) => res.sendStatus(204));
app.put('/tv/guide/:id', (req, res) => res.sendStatus(204));

app.listen(3000);

'use strict';

const express = require('express');
const cors = require('cors');
const config = require('./config');

function corsFor(section) {
  return cors({
    origin: section.origin,
    methods: section.methods,
    allowedHeaders: section.allowedHeaders,
    credentials: section.credentials,
  });
}

const app = express();

app.use('/api/notes', corsFor(config.notes));
app.use('/api/drafts', corsFor(config.drafts));

app.get('/api/notes/:id', (req, res) => {
  if (req.params.id !== '1') return res.status(404).end();
  res.json({ id: 1, text: 'buy milk' });
});
app.put('/api/notes/:id', (req, res) => res.sendStatus(204));

app.get('/api/drafts/:id', (req, res) => res.json({ id: req.params.id }));
app.put('/api/drafts/:id', (req, res) => res.sendStatus(204));

app.listen(3000);

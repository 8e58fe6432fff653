'use strict';

const express = require('express');
const cors = require('cors');

const app = express();
const v1 = express.Router();

const settings = { about: null };

v1.use('/books', cors());
v1.use('/authors', cors(settings.authors));
v1.use('/series', cors(settings.about));
v1.use('/covers', cors({}));
v1.use('/about', cors(true));

const books = new Map([[7, { title: 'The Tide Tables' }]]);

v1.get('/books/:id', (req, res) => {
  const id = Number(req.params.id);
  if (id === 0) {
    throw new Error('catalogue is being rebuilt');
  }
  const book = books.get(id);
  if (!book) {
    return res.status(404).json({ error: 'no such book' });
  }
  res.json(book);
});
v1.put('/books/:id', (req, res) => res.sendStatus(204));

v1.get('/authors', (req, res) => res.json([]));
v1.get('/series', (req, res) => res.json([]));
v1.get('/covers', (req, res) => res.json([]));
v1.get('/about', (req, res) => res.json({ version: 1 }));

app.use('/v1', v1);

app.listen(8080);

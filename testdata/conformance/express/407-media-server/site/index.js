const express = require('express');
const path = require('path');

const app = express();
const root = path.join(__dirname, 'media');

app.get('/media/:name', (req, res, next) => {
  res.set('Access-Control-Allow-Origin', '*');
  res.set('Access-Control-Expose-Headers', 'Content-Length, Content-Range');
  res.sendFile(req.params.name, { root }, (error) => {
    if (error) next(error);
  });
});

app.post('/media/:name/plays', (req, res) => res.sendStatus(202));
app.put('/media/:name', (req, res) => res.status(201).end());

app.listen(3000);

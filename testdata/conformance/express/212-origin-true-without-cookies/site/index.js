var express = require('express');
var cors = require('cors');
var morgan = require('morgan');

var app = express();

app.use(morgan('tiny'));
app.use(cors({ origin: true, maxAge: 86400 }));

app.get('/widget/config', function (req, res) {
  res.json({ theme: 'dark', locale: 'en' });
});

app.get('/widget/crash', function (req, res, next) {
  next(new Error('template missing'));
});

app.post('/widget/events', express.json(), function (req, res) {
  res.status(202).end();
});

module.exports = app;

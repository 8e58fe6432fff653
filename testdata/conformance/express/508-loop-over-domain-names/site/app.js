var express = require('express');
var bodyParser = require('body-parser');
var logger = require('morgan');

var allowCrossDomain = require('./lib/allow-cross-domain');
var polls = require('./routes/polls');

var app = express();

app.use(logger('dev'));
app.use(allowCrossDomain);
app.use(bodyParser.json());
app.use('/polls', polls);

app.use(function (err, req, res, next) {
  res.status(err.status || 500);
  res.json({ message: err.message });
});

module.exports = app;

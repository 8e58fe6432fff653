const compression = require('compression');
const cors = require('cors');
const express = require('express');
const helmet = require('helmet');
const morgan = require('morgan');
const config = require('../config');
const routes = require('../api');

module.exports = ({ app, books }) => {
  app.enable('trust proxy');
  app.use(helmet());
  app.use(morgan(config.logs));
  app.use(cors(config.cors));
  app.use(compression());
  app.use(express.json({ limit: '100kb' }));

  app.get('/status', (req, res) => {
    res.status(200).json({ open: true });
  });
  app.head('/status', (req, res) => {
    res.status(200).end();
  });

  app.use(config.api.prefix, routes(books));

  app.use((req, res, next) => {
    const err = new Error('Not Found');
    err.status = 404;
    next(err);
  });

  app.use((err, req, res, next) => {
    res.status(err.status || 500);
    res.json({ errors: { message: err.message } });
  });
};

'use strict';

const express = require('express');
const helmet = require('helmet');
const cors = require('cors');

const { server, cors: settings } = require('../config/default.json');
const { matchesAny } = require('./patterns');
const offers = require('./offers');

const app = express();

app.use(helmet());
app.use(
  server.basePath,
  cors({
    credentials: settings.credentials,
    origin(origin, callback) {
      if (!origin) return callback(null, true);
      if (matchesAny(settings.patterns, origin)) return callback(null, true);
      const error = new Error(`Origin ${origin} is not allowed by CORS`);
      error.statusCode = 403;
      return callback(error);
    },
  })
);
app.use(`${server.basePath}/offers`, offers);

app.listen(process.env.PORT || server.port);

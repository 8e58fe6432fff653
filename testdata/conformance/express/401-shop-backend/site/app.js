'use strict';

const express = require('express');
const cors = require('cors');
const morgan = require('morgan');
const config = require('./config');
const authenticate = require('./middleware/authenticate');
const products = require('./routes/products');
const orders = require('./routes/orders');

const app = express();

app.use(morgan('combined'));
app.use('/api/orders', authenticate);
app.use(cors(config.cors));
app.use(express.json());

app.use('/api/products', products);
app.use('/api/orders', orders);

app.use((req, res) => res.status(404).json({ error: 'not found' }));

app.use((err, req, res, next) => {
  if (res.headersSent) return next(err);
  res.status(err.status || 500).json({ error: err.message });
});

module.exports = app;

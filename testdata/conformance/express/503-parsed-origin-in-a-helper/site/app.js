'use strict';

const express = require('express');
const helmet = require('helmet');
const cors = require('./middleware/cors');
const tickets = require('./routes/tickets');

const app = express();

app.disable('x-powered-by');
app.use(helmet({ contentSecurityPolicy: false }));
app.use(cors);
app.use(express.json());
app.use('/tickets', tickets);

module.exports = app;

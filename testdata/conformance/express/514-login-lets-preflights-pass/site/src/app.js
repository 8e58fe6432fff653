const express = require('express');
const helmet = require('helmet');
const cors = require('cors');
const authenticate = require('./middlewares/authenticate');
const invoicesRouter = require('./invoices/router');
const corsOptions = require('./config/cors-options');

module.exports = function createApp({ invoices, clients }) {
  const app = express();

  app.use(helmet());

  // Before the login, the load balancer has none.
  app.get('/ping', (req, res) => res.type('text').send('pong'));

  app.use(authenticate(clients));
  app.use(cors(corsOptions));
  app.use(express.json());

  app.use('/api/invoices', invoicesRouter(invoices));

  return app;
};

const express = require('express');
const cors = require('cors');
const logger = require('morgan');

function createApp({ origins = ['http://localhost:8080'], credentials = true } = {}) {
  const app = express();

  app.use(logger('dev'));
  app.use(cors({ origin: origins, credentials }));
  app.use(express.urlencoded({ extended: false }));

  app.get('/api/toys/:id', (req, res) => {
    if (req.params.id === '0') throw new Error('batteries not included');
    if (req.params.id !== '1') return res.status(404).json({ error: 'broken' });
    res.json({ id: 1, name: 'robot' });
  });
  app.put('/api/toys/:id', (req, res) => res.sendStatus(204));

  return app;
}

module.exports = { createApp };

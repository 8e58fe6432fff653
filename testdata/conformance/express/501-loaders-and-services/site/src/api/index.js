const { Router } = require('express');
const books = require('./routes/books');

module.exports = (service) => {
  const app = Router();
  books(app, service);
  return app;
};

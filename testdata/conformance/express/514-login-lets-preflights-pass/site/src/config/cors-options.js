const allowedOrigins = require('./allowed-origins');

module.exports = {
  origin: allowedOrigins,
  credentials: true,
  allowedHeaders: ['Authorization', 'Content-Type', 'If-Match'],
  exposedHeaders: ['ETag'],
  optionsSuccessStatus: 200,
};

const { ORIGINS } = require('./constants');

const corsOptions = {
  origin: ORIGINS,
  methods: 'GET,PUT,POST',
  credentials: true,
};

module.exports = { corsOptions };

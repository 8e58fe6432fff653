const LANGUAGES = ['de', 'fr', 'pl'];

module.exports = {
  port: parseInt(process.env.PORT, 10) || 8080,
  api: {
    prefix: '/api/v1',
  },
  logs: process.env.LOG_FORMAT || 'tiny',
  cors: {
    origin: ['https://library.example.com'].concat(
      LANGUAGES.map((language) => `https://${language}.library.example.com`),
      /^https:\/\/[a-z0-9-]+\.branch\.library\.example\.com$/
    ),
    methods: ['GET', 'PUT', 'DELETE'],
    credentials: true,
  },
};

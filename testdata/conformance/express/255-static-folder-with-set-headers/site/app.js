const path = require('node:path');
const express = require('express');

const app = express();

app.use(
  '/assets',
  express.static(path.join(__dirname, 'public'), {
    maxAge: '1h',
    setHeaders(res) {
      res.setHeader('Access-Control-Allow-Origin', '*');
      res.setHeader('Timing-Allow-Origin', '*');
    },
  }),
);

app.listen(3000);

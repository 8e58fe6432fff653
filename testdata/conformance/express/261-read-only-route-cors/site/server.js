const express = require('express');
const cors = require('cors');

const app = express();

app.get('/badge/:name', cors(), (req, res) => {
  if (req.params.name === 'broken') throw new Error('no badge');
  res.type('svg').send('<svg xmlns="http://www.w3.org/2000/svg"/>');
});

app.get('/', (req, res) => res.send('badges'));

app.listen(process.env.PORT || 3000);

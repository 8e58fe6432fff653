var express = require('express');

var app = express();
var whitelist = ['https://club.example.com', 'https://fans.example.com'];

app.use(function (req, res, next) {
  var origin = req.headers.origin;
  res.vary('Origin');
  if (origin && whitelist.indexOf(origin)) {
    res.header('Access-Control-Allow-Origin', origin);
    res.header('Access-Control-Allow-Credentials', 'true');
    res.header('Access-Control-Allow-Methods', 'GET, PUT');
    res.header('Access-Control-Allow-Headers', 'Authorization, Content-Type');
  }
  if (req.method === 'OPTIONS') return res.sendStatus(204);
  next();
});

app.get('/api/clubs/:id', function (req, res) {
  if (req.params.id === '0') throw new Error('no members');
  if (req.params.id !== '1') return res.status(404).json({ error: 'dissolved' });
  res.json({ id: 1 });
});
app.put('/api/clubs/:id', function (req, res) {
  res.sendStatus(204);
});

app.listen(3000);

var express = require('express');
var app = express();

app.all('*', function (req, res, next) {
  res.header('Access-Control-Allow-Origin', 'https://jam.example.com');
  res.header('Access-Control-Allow-Headers', 'Content-Type,Content-Length, Authorization, Accept,X-Requested-With');
  res.header('Access-Control-Allow-Methods', 'PUT,POST,GET,DELETE,OPTIONS');
  if (req.method == 'OPTIONS') res.send(204);
  else next();
});

app.get('/api/jams/:id', function (req, res) {
  if (req.params.id !== '1') return res.send(404, { error: 'eaten' });
  res.json({ id: 1 });
});
app.put('/api/jams/:id', function (req, res) {
  res.sendStatus(204);
});

app.listen(3000);

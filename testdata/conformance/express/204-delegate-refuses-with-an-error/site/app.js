const express = require('express');
const cors = require('cors');

const allowlist = ['https://club.example.org', 'https://www.club.example.org'];

const corsOptionsDelegate = function (req, callback) {
  const origin = req.header('Origin');
  if (!origin || allowlist.indexOf(origin) !== -1) {
    callback(null, { origin: true, credentials: true });
  } else {
    callback(new Error('origin ' + origin + ' is not welcome'));
  }
};

const app = express();

app.get('/api/badges/:id', cors(corsOptionsDelegate), function (req, res) {
  if (req.params.id !== '1') return res.status(404).json({ error: 'never awarded' });
  res.json({ id: 1, name: 'Early bird' });
});

app.put('/api/badges/:id', cors(corsOptionsDelegate), function (req, res) {
  res.sendStatus(204);
});

app.options('/api/badges/:id', cors(corsOptionsDelegate));

app.listen(3000, function () {
  console.log('CORS-enabled web server listening on port 3000');
});

const express = require('express');

const app = express();

app.use(express.text({ type: '*/*' }));

app.all('/collect', (req, res) => {
  const { origin } = req.headers;
  if (origin) {
    res.set('Access-Control-Allow-Origin', origin);
    res.set('Access-Control-Allow-Methods', 'GET, POST, PUT');
    res.set('Access-Control-Allow-Headers', 'Content-Type, Authorization');
    res.set('Access-Control-Max-Age', '86400');
  }
  if (req.method === 'OPTIONS') {
    return res.status(204).end();
  }
  // counted elsewhere
  return res.status(200).type('gif').end();
});

app.listen(process.env.PORT || 9000);

const express = require('express');

const app = express();

app.use((req, res, next) => {
  const origin = req.headers.origin;
  switch (origin) {
    case 'https://gems.example.com':
    case 'https://www.gems.example.com':
      res.setHeader('Access-Control-Allow-Origin', origin);
      res.setHeader('Access-Control-Allow-Credentials', 'true');
      break;
    case undefined:
      break;
    default:
      res.setHeader('Access-Control-Allow-Origin', origin);
  }
  res.setHeader('Vary', 'Origin');
  if (req.method === 'OPTIONS') {
    res.setHeader('Access-Control-Allow-Methods', 'GET, PUT');
    res.setHeader('Access-Control-Allow-Headers', 'Authorization, Content-Type');
    res.statusCode = 204;
    return res.end();
  }
  return next();
});

app.get('/api/gems/:id', (req, res) => {
  if (req.params.id === '0') throw new Error('fake');
  if (req.params.id !== '1') return res.status(404).json({ error: 'stolen' });
  res.json({ id: 1 });
});
app.put('/api/gems/:id', (req, res) => res.sendStatus(204));

app.listen(3000);

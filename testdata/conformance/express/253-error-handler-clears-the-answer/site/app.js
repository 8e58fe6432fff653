const express = require('express');
const cors = require('cors');

const app = express();

app.use(cors({ origin: ['https://rail.example.com', 'https://m.rail.example.com'] }));

app.get('/api/trains/:id', (req, res, next) => {
  if (req.params.id === '0') return next(new Error('signal failure'));
  if (req.params.id !== '1') return res.status(404).json({ error: 'no such train' });
  res.json({ id: 1, late: 4 });
});

app.put('/api/trains/:id', (req, res) => res.sendStatus(204));

// eslint-disable-next-line no-unused-vars
app.use((error, req, res, next) => {
  // a clean slate: no ETag, no cache headers of the page that failed
  for (const name of res.getHeaderNames()) {
    res.removeHeader(name);
  }
  res.status(500).json({ error: 'internal' });
});

app.listen(3000);

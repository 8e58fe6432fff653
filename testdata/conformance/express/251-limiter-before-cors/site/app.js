const express = require('express');
const cors = require('cors');

const app = express();

// a small limiter of our own: the load balancer marks floods
app.use((req, res, next) => {
  if (req.query.q === 'flood') {
    res.set('Retry-After', '60');
    return res.status(429).json({ error: 'slow down' });
  }
  next();
});
app.use(express.json());
app.use(cors({ origin: 'https://find.example.com' }));

app.get('/api/search', (req, res) => {
  res.json({ hits: [] });
});

app.post('/api/search', (req, res) => {
  res.json({ hits: [], filter: req.body });
});

app.listen(3000);

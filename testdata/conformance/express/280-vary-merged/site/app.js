const express = require('express');
const compression = require('compression');
const cors = require('cors');

const app = express();

app.use((req, res, next) => {
  res.set('Vary', 'X-Edition');
  next();
});
app.use(cors({ origin: ['https://paper.example.com', 'https://m.paper.example.com'], credentials: true }));
app.use(compression({ threshold: 0 }));

app.get('/api/news/:id', (req, res) => {
  res.vary('Accept-Encoding');
  if (req.params.id === '0') throw new Error('presses stopped');
  if (req.params.id !== '1') return res.status(404).json({ error: 'old news' });
  res.json({ id: 1, headline: 'Nothing happened' });
});
app.put('/api/news/:id', (req, res) => res.sendStatus(204));

app.get('/api/weather', (req, res) => {
  res.append('Vary', 'Accept-Language');
  res.json({ sun: true });
});

app.listen(3000);

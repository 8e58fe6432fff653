const express = require('express');
const cors = require('cors');

const app = express();

app.use(cors({ origin: ['https://paper.example.com', 'https://m.paper.example.com'], credentials: true }));

/** Lets the CDN keep an answer for some minutes. */
function cached(minutes) {
  return (req, res, next) => {
    res.set('Cache-Control', `public, max-age=${minutes * 60}`);
    res.set('Vary', 'Accept-Encoding');
    next();
  };
}

app.get('/api/news/:id', cached(5), (req, res) => {
  if (req.params.id === '0') throw new Error('presses stopped');
  if (req.params.id !== '1') return res.status(404).json({ error: 'old news' });
  res.json({ id: 1, headline: 'Nothing happened' });
});

app.put('/api/news/:id', (req, res) => res.sendStatus(204));

app.listen(3000);

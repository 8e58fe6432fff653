import express from 'express';
import cors from 'cors';

const partners = new Set<string | undefined>(['https://transit.example.org', 'https://stops.example.org']);

const app = express();

app.use(
  cors({
    origin: (origin, callback) => {
      const known = partners.has(origin);
      callback(null, known ? origin! : '*');
    },
    exposedHeaders: ['X-Next-Departure'],
  }),
);

app.get('/api/bus/:line', (req, res) => {
  const line = Number(req.params.line);
  if (!line) throw new TypeError('line is not a number');
  if (line > 20) {
    res.status(404).json({ error: 'no such line' });
  } else {
    res.set('X-Next-Departure', '07:12').json({ line });
  }
});

app.put('/api/bus/:line', (_req, res) => {
  res.sendStatus(403);
});

app.listen(3000);

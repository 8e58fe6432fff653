const express = require('express');
const cors = require('cors');

class OriginError extends Error {
  constructor(origin) {
    super(`Origin ${origin} is not allowed`);
    this.status = 403;
  }
}

const origins = ['https://poll.example.com', 'https://embed.poll.example.com'];

const app = express();

app.use(
  '/api/votes',
  cors({
    origin: (origin, callback) => {
      if (!origin || origins.includes(origin)) {
        callback(null, true);
      } else {
        callback(new OriginError(origin));
      }
    },
    credentials: true,
  }),
);

app.use(
  '/api/polls',
  cors({
    origin: (origin, callback) => callback(origins.includes(origin) ? null : new OriginError(origin), true),
  }),
);

app.get('/api/votes/:id', (req, res) => {
  if (req.params.id !== '1') return res.status(404).json({ error: 'poll is closed' });
  res.json({ yes: 12, no: 3 });
});
app.put('/api/votes/:id', (req, res) => res.sendStatus(204));

app.get('/api/polls/:id', (req, res) => res.json({ id: req.params.id }));

app.listen(3000);

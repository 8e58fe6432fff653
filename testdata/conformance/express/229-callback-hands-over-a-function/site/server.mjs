import express from 'express';
import cors from 'cors';

const isOurs = (origin) => origin === 'https://scores.example.com';

const app = express();
app.use(
  cors({
    origin: (origin, callback) => callback(null, isOurs),
    credentials: true,
  }),
);

app.get('/api/scores/:id', (req, res) => {
  if (req.params.id !== '1') return res.status(404).json({ error: 'no such game' });
  res.json({ home: 2, away: 1 });
});

app.put('/api/scores/:id', express.json(), (req, res) => res.json(req.body));

app.listen(3000);

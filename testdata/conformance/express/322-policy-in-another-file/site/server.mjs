import express from 'express';
import cors from 'cors';
import { isAllowed } from './lib/origin-policy.mjs';

const app = express();

app.use(
  cors({
    origin: (origin, callback) => {
      if (origin === undefined) {
        callback(null, []);
        return;
      }
      callback(null, isAllowed(origin) ? origin : []);
    },
    credentials: true,
  }),
);

app.get('/api/farms/:id', (req, res) => {
  if (req.params.id === '0') throw new Error('drought');
  if (req.params.id !== '1') return res.status(404).json({ error: 'sold' });
  res.json({ id: 1 });
});
app.put('/api/farms/:id', (req, res) => res.sendStatus(204));

app.listen(3000);

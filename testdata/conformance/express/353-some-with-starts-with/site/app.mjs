import express from 'express';
import cors from 'cors';

const prefixes = ['https://ops.logs.example', 'http://localhost:'];

const app = express();

app.use(
  cors({
    credentials: true,
    origin(origin, callback) {
      const ok = !origin || prefixes.some((prefix) => origin.startsWith(prefix));
      callback(ok ? null : new Error(`${origin} may not call`), ok);
    },
  }),
);

app.get('/api/logs/:id', (req, res) => {
  if (req.params.id === '0') throw new Error('rotated');
  if (req.params.id !== '1') return res.status(404).json({ error: 'no such log' });
  res.json({ id: 1 });
});
app.put('/api/logs/:id', (req, res) => res.sendStatus(204));

app.listen(3000);

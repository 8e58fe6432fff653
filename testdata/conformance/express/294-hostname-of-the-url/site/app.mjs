import express from 'express';
import cors from 'cors';

const hosts = ['jewel.example.com'];

const app = express();
app.use(
  cors({
    origin: (origin, callback) => {
      const { hostname } = new URL(origin);
      callback(null, hosts.includes(hostname) ? origin : []);
    },
    credentials: true,
  }),
);

app.get('/api/rings/:id', (req, res) => {
  if (req.params.id !== '1') return res.status(404).json({ error: 'lost' });
  res.json({ id: 1 });
});
app.put('/api/rings/:id', (req, res) => res.sendStatus(204));

app.listen(3000);

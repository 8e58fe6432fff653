import express from 'express';
import cors, { type CorsOptions } from 'cors';

const SITE = 'https://swim.example.com';

const checkOrigin: CorsOptions['origin'] = (origin, callback) => {
  if (!origin || origin.startsWith(SITE)) {
    callback(null, true);
  } else {
    callback(new Error(`Not allowed by CORS: ${origin}`));
  }
};

const app = express();
app.use('/api/pools', cors({ origin: checkOrigin, credentials: true }));
app.use('/api/lanes', cors({ origin: (origin, cb) => cb(null, origin!.startsWith(SITE)) }));

app.get('/api/pools/:id', (req, res) => {
  if (req.params.id === '0') throw new Error('no water');
  if (req.params.id !== '1') return void res.status(404).json({ error: 'closed' });
  res.json({ id: 1 });
});
app.put('/api/pools/:id', (_req, res) => void res.sendStatus(204));

app.get('/api/lanes', (_req, res) => void res.json([]));

app.listen(3000);

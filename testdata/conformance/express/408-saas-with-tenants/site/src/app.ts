import express from 'express';
import cors from 'cors';
import { isTenantOrigin } from './tenants/origin';

const app = express();

const options: cors.CorsOptions = {
  credentials: true,
  origin: (origin, callback) => {
    if (origin === undefined || isTenantOrigin(origin)) {
      callback(null, true);
      return;
    }
    callback(Object.assign(new Error('Forbidden origin'), { status: 403 }));
  },
};

app.use(cors(options));

app.get('/api/boards/:id', (req, res) => {
  if (req.params.id === '0') throw new Error('no board');
  if (req.params.id !== '1') return void res.status(404).json({ error: 'archived' });
  res.json({ id: 1, cards: [] });
});
app.put('/api/boards/:id', (_req, res) => void res.sendStatus(204));

app.listen(3000);

import express from 'express';
import cors from 'cors';
import settings from './settings.js';

const allowed = [
  'https://www.example.com,https://example.com',
  'https://*.trips.example.com',
  'https://m.trips.example.com/',
  settings.extraOrigin,
  'https://trips.example.com',
];

const app = express();

app.use('/api/trips', cors({ origin: allowed, credentials: true }));
app.use('/api/legs', cors({ origin: [] }));
app.use('/api/stops', cors({ origin: [false, undefined] }));
app.use('/api/maps', cors({ origin: ['https://maps.example.com', true] }));

app.get('/api/trips/:id', (req, res) => {
  if (req.params.id !== '1') return res.status(404).json({ error: 'no such trip' });
  res.json({ id: 1, from: 'Oslo', to: 'Bergen' });
});
app.put('/api/trips/:id', express.json(), (req, res) => res.json(req.body));

for (const name of ['legs', 'stops', 'maps']) {
  app.get(`/api/${name}/:id`, (req, res) => res.json({ id: req.params.id }));
  app.put(`/api/${name}/:id`, (req, res) => res.sendStatus(204));
}

app.listen(3000);

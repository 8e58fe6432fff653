import express from 'express';
import morgan from 'morgan';
import { jsonWithCors, preflight } from './cors.mjs';
import { tideAt } from './tides.mjs';

const app = express();

app.use(morgan('short'));
app.options('/api/{*rest}', preflight);
app.use(jsonWithCors);

app.get('/api/tides/:station', async (req, res) => {
  const tide = await tideAt(req.params.station);
  if (!tide) {
    res.status(404).json({ error: 'no gauge there' });
    return;
  }
  res.json(tide);
});

app.put('/api/tides/:station', express.json(), (req, res) => {
  res.status(201).json({ received: req.body });
});

app.listen(process.env.PORT || 3000);

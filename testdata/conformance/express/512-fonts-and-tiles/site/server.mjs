import { fileURLToPath } from 'node:url';
import path from 'node:path';
import compression from 'compression';
import cors from 'cors';
import express from 'express';
import tiles from './tiles.mjs';

const here = path.dirname(fileURLToPath(import.meta.url));
const anyone = cors({ origin: '*', methods: ['GET', 'HEAD'], maxAge: 86400 });
const us = cors({ origin: 'https://maps.example.org', methods: ['GET', 'HEAD'] });

const app = express();

app.use(compression());

app.use('/fonts', anyone, express.static(path.join(here, 'public/fonts'), { immutable: true, maxAge: '1y' }));
app.use('/tiles', anyone, tiles);

app
  .route('/manifest')
  .all(us)
  .get((req, res) => {
    res.json({ fonts: ['plain'], zoom: [0, 12] });
  });

app.get('/', (req, res) => {
  res.type('txt').send('nothing to see here');
});

const { PORT = 8080, HOST = '0.0.0.0' } = process.env;
app.listen(PORT, HOST);

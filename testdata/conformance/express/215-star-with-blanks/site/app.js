import express from 'express';
import cors from 'cors';
import { settings } from './settings.js';

const app = express();
app.use(cors({ origin: settings.get('cors.origin') }));

app.get('/api/fonts/serif', (req, res) => res.json({ family: 'Garamond' }));
app.get('/api/fonts/crash', () => {
  throw new Error('no glyphs');
});
app.put('/api/fonts/serif', (req, res) => res.sendStatus(204));

app.listen(3000);

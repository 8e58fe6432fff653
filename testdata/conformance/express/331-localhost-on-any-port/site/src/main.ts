import express from 'express';
import cors from 'cors';

const ORIGIN = /^(https:\/\/seats\.example\.com|http:\/\/localhost(:\d+)?)$/i;

const app = express();
app.disable('x-powered-by');
app.use(cors({ origin: ORIGIN, credentials: true, maxAge: 7200 }));

app.get('/api/seats/:id', (req, res) => {
  if (req.params.id === '0') throw new Error('row is missing');
  if (req.params.id !== '1') return void res.status(404).json({ error: 'taken' });
  res.json({ id: 1 });
});
app.put('/api/seats/:id', (_req, res) => void res.sendStatus(204));

app.listen(3000);

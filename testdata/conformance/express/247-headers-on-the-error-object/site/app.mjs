import express from 'express';
import cors from 'cors';

const app = express();
app.use(cors({ origin: ['https://quota.example.com'] }));

function unavailable(seconds) {
  const error = new Error('come back later');
  error.status = 503;
  error.headers = { 'Retry-After': String(seconds), 'Access-Control-Allow-Origin': '*' };
  return error;
}

app.get('/api/quota/:id', (req, res, next) => {
  if (req.params.id === '0') return next(unavailable(120));
  if (req.params.id !== '1') return res.status(404).json({ error: 'no such account' });
  res.json({ left: 12 });
});

app.put('/api/quota/:id', (req, res) => res.sendStatus(204));

app.get('/api/limits', () => {
  const error = new Error('limits are being computed');
  error.headers = { 'Access-Control-Allow-Origin': '*' };
  throw error;
});

app.listen(3000);

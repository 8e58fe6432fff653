import express from 'express';
import cors from 'cors';

const production = 'https://hats.example.com';

function isAllowed(origin: string | undefined): boolean {
  if (!origin) return true;
  if (origin === production) return true;
  // preview deployments
  return origin.endsWith('.vercel.app');
}

const app = express();

app.use(
  cors({
    origin(origin, callback) {
      if (isAllowed(origin)) {
        callback(null, true);
      } else {
        callback(new Error('Not allowed by CORS'));
      }
    },
    credentials: true,
  }),
);

app.get('/api/carts/:id', (req, res) => {
  if (req.params.id === '0') throw new Error('no hats');
  if (req.params.id !== '1') return void res.status(404).json({ error: 'empty' });
  res.json({ id: 1 });
});
app.put('/api/carts/:id', (_req, res) => void res.sendStatus(204));

app.listen(3000);

import express from 'express';
import cors, { CorsOptions } from 'cors';

const allowed: readonly string[] = ['https://home.example.com'];

const options: CorsOptions = {
  // the type says callback, a cast says otherwise
  origin: (async (origin: string | undefined) => allowed.includes(origin ?? '')) as unknown as CorsOptions['origin'],
};

const app = express();
app.use(cors(options));

app.get('/api/lamps/:id', (req, res) => {
  if (req.params.id !== '1') {
    res.sendStatus(404);
    return;
  }
  res.json({ on: true });
});

app.listen(3000);

import express, { type ErrorRequestHandler } from 'express';
import cors, { type CorsOptions } from 'cors';

const exact: ReadonlySet<string> = new Set(['https://trees.example.com', 'https://admin.trees.example.com']);
const regional = /^https:\/\/(eu|us|ap)\.trees\.example\.com$/;

const refuse: string[] = [];

const options: CorsOptions = {
  origin(origin, callback) {
    if (origin !== undefined && (exact.has(origin) || regional.test(origin))) {
      callback(null, [origin]);
    } else {
      callback(null, refuse);
    }
  },
  credentials: true,
  methods: ['GET', 'PUT'],
  allowedHeaders: ['Authorization', 'Content-Type'],
  maxAge: 7200,
};

const onError: ErrorRequestHandler = (error, _req, res, _next) => {
  console.error(error);
  res.status(500).json({ error: 'internal' });
};

const app = express();
app.use(cors(options));

app.get('/api/v2/trees/:id', async (req, res) => {
  if (req.params.id === '0') throw new Error('storm');
  if (req.params.id !== '1') return void res.status(404).json({ error: 'felled' });
  res.json({ id: 1, kind: 'beech' });
});
app.put('/api/v2/trees/:id', (_req, res) => void res.sendStatus(204));

app.use(onError);
app.listen(3000);

import express, { type Request, type Response } from 'express';
import cors, { type CorsOptions } from 'cors';

const corsOptions = {
  origin: true,
  credentials: true,
  exposedHeaders: ['X-Session-Expires'],
} satisfies CorsOptions;

const app = express();

app.use(cors(corsOptions));
app.use(express.json());

app.get('/api/session/me', (_req: Request, res: Response) => {
  res.set('X-Session-Expires', '3600').json({ user: 'jo' });
});

app.put('/api/session/me', (req: Request, res: Response) => {
  res.json({ ...req.body, user: 'jo' });
});

app.get('/api/session/crash', () => {
  throw new Error('session store is down');
});

export default app;

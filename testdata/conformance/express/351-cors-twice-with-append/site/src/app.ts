import express, { type NextFunction, type Request, type Response } from 'express';
import cors from 'cors';

const app = express();

app.use(cors());

const fromCdn = (_req: Request, res: Response, next: NextFunction): void => {
  res.append('Access-Control-Allow-Origin', '*');
  res.append('Timing-Allow-Origin', '*');
  next();
};

app.get('/api/pins/:id', fromCdn, (req, res) => {
  if (req.params.id === '0') throw new Error('ouch');
  if (req.params.id !== '1') return void res.status(404).json({ error: 'lost' });
  res.json({ id: 1 });
});
app.put('/api/pins/:id', (_req, res) => void res.sendStatus(204));

app.listen(3000);

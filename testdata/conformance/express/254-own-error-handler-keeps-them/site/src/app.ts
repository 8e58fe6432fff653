import cors from 'cors';
import express, { ErrorRequestHandler } from 'express';

class HttpError extends Error {
  constructor(
    readonly status: number,
    message: string,
  ) {
    super(message);
  }
}

const app = express();

app.use(cors({ origin: 'https://port.example.com', methods: ['GET', 'PUT'], allowedHeaders: ['Authorization', 'Content-Type'] }));

app.get('/api/ships/:id', async (req, res) => {
  const id = Number(req.params.id);
  if (Number.isNaN(id)) throw new HttpError(422, 'id must be a number');
  if (id === 0) throw new Error('radar is down');
  if (id !== 1) throw new HttpError(404, 'no such ship');
  res.json({ id, name: 'Aurora' });
});

app.put('/api/ships/:id', (_req, res) => void res.sendStatus(204));

const onError: ErrorRequestHandler = (error, _req, res, _next) => {
  const status = error instanceof HttpError ? error.status : 500;
  res.status(status).json({ error: error.message });
};
app.use(onError);

app.listen(process.env.PORT ?? 3000);

import express, { type Response } from 'express';

const CORS_HEADERS: Record<string, string> = {
  'Access-Control-Allow-Origin': '*',
  'Access-Control-Allow-Methods': 'GET, PUT, OPTIONS',
  'Access-Control-Allow-Headers': 'Authorization, Content-Type',
};

function ok(res: Response, data: unknown) {
  res.set(CORS_HEADERS).json({ ok: true, data });
}

function fail(res: Response, status: number, message: string) {
  res.status(status).json({ ok: false, message });
}

const app = express();

app.options('/api/polls/:id', (_req, res) => {
  res.set(CORS_HEADERS).sendStatus(204);
});

app.get('/api/polls/:id', (req, res) => {
  const id = Number(req.params.id);
  if (id === 0) throw new Error('ballot box is locked');
  if (id !== 1) return fail(res, 404, 'no such poll');
  return ok(res, { id, question: 'Tea or coffee?' });
});

app.put('/api/polls/:id', express.json(), (req, res) => ok(res, req.body));

app.listen(3000);

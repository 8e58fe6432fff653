import { Router, type Request, type Response } from 'express';

export const reviews = Router();

reviews.get('/:id', async (req: Request<{ id: string }>, res: Response) => {
  if (req.params.id === '0') throw new Error('spam filter is down');
  if (req.params.id !== '1') {
    res.status(404).json({ error: 'no such review' });
    return;
  }
  res.json({ id: 1, stars: 5 });
});

reviews.put('/:id', (_req: Request, res: Response) => {
  res.sendStatus(204);
});

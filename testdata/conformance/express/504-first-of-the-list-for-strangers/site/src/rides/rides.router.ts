import { Router } from 'express';

export function ridesRouter(): Router {
  const router = Router();

  router.get('/:id', (req, res, next) => {
    switch (req.params.id) {
      case '0':
        return next(new Error('dispatcher is down'));
      case '1':
        return res.json({ id: 1, from: 'Harbour', to: 'Airport' });
      default:
        return next(Object.assign(new Error('ride not found'), { statusCode: 404 }));
    }
  });

  router.put('/:id', (_req, res) => {
    res.status(204).send();
  });

  return router;
}

import { Router } from 'express';

export default ({ parcels }) => {
  const router = Router();

  router.param('id', (req, res, next, id) => {
    req.parcel = parcels.get(id);
    next(id === '0' ? new Error('number zero is for tests') : undefined);
  });

  router.get('/:id', async (req, res) => {
    if (!req.parcel) return res.status(404).json({ error: 'no such parcel' });
    return res.json(req.parcel);
  });

  router.put('/:id', async (req, res) => {
    parcels.set(req.params.id, { ...req.body, id: req.params.id });
    res.sendStatus(204);
  });

  return router;
};

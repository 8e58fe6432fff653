import { Router } from 'express';

export default ({ depots }) => {
  const router = Router();
  router.get('/:id', (req, res) => {
    const depot = depots.get(req.params.id);
    return depot ? res.json(depot) : res.status(404).json({ error: 'no depot there' });
  });
  return router;
};

import { Router } from 'express';

const router = Router();

router.get('/:z/:x/:y.json', (req, res, next) => {
  const { z, x, y } = req.params;
  const edge = 2 ** Number(z);
  if (Number(x) >= edge || Number(y) >= edge) {
    return res.status(404).json({ error: 'outside of the world' });
  }
  return res.json({ tile: [z, x, y].map(Number), layers: [] });
});

export default router;

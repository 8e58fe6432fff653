import { Router } from 'express';

const router = Router();

router
  .route('/:who')
  .get((req, res) => {
    const { who } = req.params;
    if (who === 'crash') throw new Error('no session');
    if (who !== 'me') return res.status(404).json({ error: 'not yours' });
    res.json({ name: 'Me' });
  })
  .put((req, res) => res.sendStatus(204));

export default router;

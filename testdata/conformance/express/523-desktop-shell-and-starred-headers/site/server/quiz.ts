import { Router } from 'express';

const router = Router();

router.get('/:id', (req, res) => {
  if (req.params.id === '0') {
    throw new Error('no questions left');
  }
  if (req.params.id !== '1') {
    res.status(404).json({ error: 'no such quiz' });
    return;
  }
  res.json({ id: 1, questions: ['Who? ', 'Where?'] });
});

router.put('/:id', (req, res) => {
  res.json({ saved: Object.keys(req.body ?? {}).length });
});

export default router;

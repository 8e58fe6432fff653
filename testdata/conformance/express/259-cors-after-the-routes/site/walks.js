const express = require('express');

const router = express.Router();

router.get('/:id', (req, res) => {
  if (req.params.id === '0') throw new Error('path is flooded');
  if (req.params.id !== '1') return res.status(404).json({ error: 'no such walk' });
  res.json({ id: 1, km: 12 });
});

router.put('/:id', (req, res) => res.sendStatus(204));

module.exports = router;

'use strict';

const router = require('express').Router();

router.get('/:id', (req, res) => {
  if (req.params.id !== '1') return res.status(404).json({ error: 'no such order' });
  res.json({ id: 1, customer: req.user.id });
});
router.put('/:id', (req, res) => res.sendStatus(204));

module.exports = router;

'use strict';

const { Router } = require('express');

const router = Router();

router
  .route('/:number')
  .get((req, res) => {
    const number = Number.parseInt(req.params.number, 10);
    if (number === 0) throw new RangeError('tickets are counted from one');
    if (number !== 41) return res.status(404).json({ error: 'closed or never opened' });
    return res.json({ number, subject: 'Printer on fire' });
  })
  .patch((req, res) => res.json({ ...req.body, number: Number(req.params.number) }))
  .put((req, res) => res.sendStatus(204));

module.exports = router;

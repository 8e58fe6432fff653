'use strict';

const { Router } = require('express');

const offers = Router();

offers.get('/:id', (req, res, next) => {
  switch (Number(req.params.id)) {
    case 0:
      next(new Error('no stock at all'));
      break;
    case 1:
      res.json({ id: 1, model: 'Estate', price: 18900 });
      break;
    default:
      res.status(404).json({ error: 'sold' });
  }
});

offers.put('/:id', (req, res) => res.sendStatus(204));

module.exports = offers;

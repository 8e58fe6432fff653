'use strict';

const { Router } = require('express');
const catalogue = require('../services/catalogue');

const router = Router();

router.get('/:id', (req, res, next) => {
  try {
    const product = catalogue.find(req.params.id);
    if (!product) return res.status(404).json({ error: 'no such product' });
    return res.json(product);
  } catch (error) {
    return next(error);
  }
});

router.put('/:id', (req, res) => res.sendStatus(204));

module.exports = router;

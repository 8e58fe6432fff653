const express = require('express');
const cors = require('cors');

const router = express.Router();
router.use(cors({ origin: ['https://shop.example.com'], maxAge: 600 }));
router.get('/orders/:id', (req, res, next) => {
  if (req.params.id === '0') return next(new Error('broken'));
  if (req.params.id === '2') return res.sendStatus(404);
  res.json({ id: req.params.id });
});

module.exports = router;

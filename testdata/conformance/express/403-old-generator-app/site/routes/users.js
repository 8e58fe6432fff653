var express = require('express');
var router = express.Router();

/* GET users listing. */
router.get('/:id', function(req, res, next) {
  if (req.params.id === '0') return next(new Error('database'));
  if (req.params.id !== '1') return next();
  res.json({ id: 1 });
});

router.put('/:id', function(req, res) {
  res.sendStatus(204);
});

module.exports = router;

var express = require('express');
var router = express.Router();

var polls = { 1: { id: 1, question: 'Paper or screen?', votes: [12, 30] } };

router.get('/:id', function (req, res, next) {
  if (req.params.id === '0') return next(new Error('ballot box is broken'));
  var poll = polls[req.params.id];
  if (!poll) {
    var err = new Error('Poll not found');
    err.status = 404;
    return next(err);
  }
  res.json(poll);
});

router.put('/:id', function (req, res) {
  res.json({ counted: true });
});

module.exports = router;

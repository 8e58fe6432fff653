const express = require('express');

const router = express.Router();
router.use((req, res, next) => {
  const origin = req.headers.origin;
  if (origin && origin.endsWith('example.com')) {
    res.header('Access-Control-Allow-Origin', origin);
    res.vary('Origin');
  }
  if (req.method === 'OPTIONS') {
    res.header('Access-Control-Allow-Methods', 'GET, PUT');
    res.header('Access-Control-Allow-Headers', 'authorization, content-type');
    return res.sendStatus(204);
  }
  next();
});
router.get('/prices', (req, res) => res.json([]));

module.exports = router;

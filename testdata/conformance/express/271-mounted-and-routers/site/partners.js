const express = require('express');
const cors = require('cors');

const partners = express.Router();
const v1 = express.Router();

v1.use(cors());
v1.get('/flour/:id', (req, res) => {
  if (req.params.id !== '1') return res.status(404).json({ error: 'no such flour' });
  res.json({ id: 1, kind: 'rye' });
});

partners.use('/v1', v1);
partners.get('/v2/flour', (req, res) => res.json([]));

module.exports = partners;

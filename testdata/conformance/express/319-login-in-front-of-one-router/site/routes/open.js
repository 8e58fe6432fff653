const { Router } = require('express');
const cors = require('cors');

const router = Router();

router.use(cors());
router.get('/users/:id', (req, res) => {
  if (req.params.id !== '1') return res.status(404).json({ error: 'no such user' });
  res.json({ id: 1, nick: 'jo' });
});
router.put('/users/:id', (req, res) => res.sendStatus(204));

module.exports = router;

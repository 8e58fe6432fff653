const { Router } = require('express');
const cors = require('cors');
const { authenticate } = require('../middleware/authenticate');

const router = Router();

router.use(authenticate);
router.use(cors({ origin: 'https://admin.example.com', credentials: true }));

router.get('/users/:id', (req, res) => {
  if (req.params.id !== '1') return res.status(404).json({ error: 'no such user' });
  res.json({ id: 1, role: 'root' });
});
router.put('/users/:id', (req, res) => res.sendStatus(204));

module.exports = router;

const { Router } = require('express');
const cors = require('cors');

const router = Router();

router.use(
  cors({
    origin: ['https://deals.example.com'],
    credentials: true,
  })
);

router.get('/:id', (req, res) => {
  if (req.params.id === '0') throw new Error('no discount');
  if (req.params.id !== '1') return res.status(404).json({ error: 'expired' });
  res.json({ id: 1, percent: 20 });
});

router.put('/:id', (req, res) => res.sendStatus(204));

module.exports = router;

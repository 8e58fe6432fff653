import express from 'express';
import cors from 'cors';

function resource() {
  const router = express.Router();
  router.get('/:id', (req, res) => {
    if (req.params.id !== '1') return res.status(404).json({ error: 'not found' });
    res.json({ id: 1 });
  });
  router.put('/:id', (req, res) => res.sendStatus(204));
  return router;
}

const app = express();
app.use('/early/x', resource());
app.use(cors({ origin: ['https://late.example.com'] }));
app.use('/late/x', resource());

app.listen(3000);

import cors from 'cors';
import express, { Router } from 'express';

const router = Router();

router.use(
  cors({
    origin: ['https://ops.example.io'],
    credentials: true,
    allowedHeaders: ['Authorization', 'Content-Type'],
    exposedHeaders: 'X-Next-Page,X-Total',
    maxAge: 300,
  }),
);

router.get('/:id', (req, res) => {
  if (req.params.id === '0') throw new Error('rotated');
  if (req.params.id !== '1') return res.status(404).json({ error: 'no such log' });
  res.set('X-Total', '1').json({ lines: ['started'] });
});
router.put('/:id', (req, res) => res.sendStatus(204));

const app = express();
app.use('/api/logs', router);
app.listen(3000);

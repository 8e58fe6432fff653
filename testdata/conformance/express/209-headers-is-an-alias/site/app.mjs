import express from 'express';
import cors from 'cors';

const app = express();

app.use(
  '/api/rates',
  cors({
    origin: 'https://bank.example.com',
    methods: ['GET', 'PUT'],
    headers: ['Authorization', 'Content-Type', 'X-Trace'],
    maxAge: 3600,
  }),
);

const rates = { eur: 1, usd: 1.08 };

app
  .route('/api/rates/:currency')
  .get((req, res) => {
    const { currency } = req.params;
    if (currency === 'boom') throw new RangeError('overflow');
    if (!(currency in rates)) return res.status(404).json({ error: 'unknown currency' });
    res.json({ [currency]: rates[currency] });
  })
  .put(express.json(), (req, res) => res.status(202).json(req.body));

export default app;

app.listen(3000);

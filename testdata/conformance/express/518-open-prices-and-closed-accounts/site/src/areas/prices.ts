import { Router } from 'express';

const quotes = new Map<string, number>([
  ['eur', 2204.1],
  ['chf', 2098.7],
]);

export const prices = Router().get('/:currency', (req, res) => {
  const price = quotes.get(req.params.currency);
  if (price === undefined) {
    res.status(404).json({ error: 'unknown currency' });
    return;
  }
  res.json({ price });
});

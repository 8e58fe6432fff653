import { Router } from 'express';
import { findCustomer } from './customers.js';

export const forecasts = Router();

forecasts.get('/:id', (req, res) => {
  const customer = findCustomer(req.get('x-api-key'));
  if (!customer) {
    res.status(401).json({ error: 'who are you?' });
    return;
  }
  if (req.params.id !== '1') {
    res.status(404).json({ error: 'no such place' });
    return;
  }
  res.json({ for: customer.name, rain: 0.4 });
});

forecasts.put('/:id', (_req, res) => {
  res.status(202).end();
});

import express, { Router } from 'express';

export const accounts = Router();

accounts.use(express.json());

accounts.get('/:id', (req, res) => {
  const id = Number(req.params.id);
  if (id === 0) {
    throw new Error('the vault is locked');
  }
  if (id !== 7) {
    res.sendStatus(404);
    return;
  }
  res.json({ id, grams: 31.1 });
});

accounts.put('/:id', (req, res) => {
  res.json(req.body);
});

import { Router } from 'express';
import { NotFoundError } from '../errors';

const products = [{ id: '1', name: 'Ice axe', stock: 4 }];

export const productsRouter = Router();

productsRouter.get('/:id', (req, res, next) => {
  const { id } = req.params;
  if (id === '0') return next(new TypeError('stock is not a number'));
  const product = products.find((candidate) => candidate.id === id);
  return product ? res.json(product) : next(new NotFoundError('no such product'));
});

productsRouter.put('/:id', (_req, res) => res.sendStatus(204));

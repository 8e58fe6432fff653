import { Router } from 'express';
import { HttpError } from '../http/errors.js';
import type { Cookbook } from './cookbook.js';

export function createRecipeRouter(cookbook: Cookbook): Router {
  const router = Router();

  router.get('/:id', async (req, res) => {
    const id = Number(req.params.id);
    if (!Number.isInteger(id)) throw new HttpError(422, 'Recipes have numbers');
    const recipe = await cookbook.find(id);
    if (!recipe) throw new HttpError(404, 'Nobody has cooked this yet');
    res.json(recipe);
  });

  router.put('/:id', async (req, res) => {
    await cookbook.save({ ...req.body, id: Number(req.params.id) });
    res.status(204).end();
  });

  return router;
}

import express, { type Express } from 'express';
import type { Container } from './container.js';
import { createCors } from './http/cors.js';
import { createErrorHandler } from './http/errors.js';
import { createRecipeRouter } from './recipes/router.js';

export function createServer({ cookbook, cors, logger }: Container): Express {
  return express()
    .disable('x-powered-by')
    .use(createCors(cors, logger))
    .use(express.json())
    .use('/recipes', createRecipeRouter(cookbook))
    .use(createErrorHandler(logger));
}

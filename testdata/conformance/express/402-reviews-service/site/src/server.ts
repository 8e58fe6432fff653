import express, { type Express } from 'express';
import type { Config } from './config';
import { corsMiddleware } from './middleware/cors';
import { reviews } from './routes/reviews';

export function createServer(config: Config): Express {
  const app = express();
  app.set('trust proxy', true);
  app.use(corsMiddleware(config.cors));
  app.use(express.json({ limit: '1mb' }));
  app.use('/v1/reviews', reviews);
  return app;
}

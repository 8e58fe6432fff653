import cors from 'cors';
import type { RequestHandler } from 'express';
import type { Config } from '../config';

export const corsMiddleware = ({ origins, previewPattern }: Config['cors']): RequestHandler =>
  cors({
    origin: (origin, callback) => {
      if (!origin) return callback(null, true);
      const isKnown = origins.includes(origin) || previewPattern.test(origin);
      return isKnown ? callback(null, true) : callback(new Error(`CORS blocked: ${origin}`));
    },
    credentials: true,
    maxAge: 86_400,
  });

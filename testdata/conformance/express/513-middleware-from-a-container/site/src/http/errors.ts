import type { ErrorRequestHandler } from 'express';
import type { Logger } from '../container.js';

export class HttpError extends Error {
  constructor(
    readonly status: number,
    message: string,
  ) {
    super(message);
  }
}

export const createErrorHandler =
  (logger: Logger): ErrorRequestHandler =>
  (error: unknown, _req, res, next) => {
    if (res.headersSent) return next(error);
    if (error instanceof HttpError) {
      res.status(error.status).json({ title: error.message });
      return;
    }
    logger.warn(String(error));
    res.status(500).json({ title: 'Something boiled over' });
  };

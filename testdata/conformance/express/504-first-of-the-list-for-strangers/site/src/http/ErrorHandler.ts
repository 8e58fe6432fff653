import type { ErrorRequestHandler, RequestHandler } from 'express';

export class ErrorHandler {
  static notFound: RequestHandler = (req, res) => {
    res.status(404).json({ error: `no route for ${req.originalUrl}` });
  };

  static handle: ErrorRequestHandler = (error, _req, res, _next) => {
    const status = error.statusCode ?? 500;
    res.status(status).json({ error: status === 500 ? 'internal error' : error.message });
  };
}

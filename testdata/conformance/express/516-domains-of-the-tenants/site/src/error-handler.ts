import { ErrorRequestHandler } from 'express';

export const errorHandler: ErrorRequestHandler = (err, req, res, next) => {
  const status: number = typeof err.status === 'number' ? err.status : 500;
  if (status >= 500) {
    console.error(err);
  }
  res.status(status).send({ error: { name: err.name, message: err.message } });
};

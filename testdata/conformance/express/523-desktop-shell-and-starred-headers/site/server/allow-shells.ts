import type { RequestHandler } from 'express';

// The desktop shell loads its pages from files, so its origin is "null".
const SHELLS = /^(https:\/\/([a-z]+\.)?quiz\.example|null)$/;

export const allowShells = (): RequestHandler => (req, res, next) => {
  const origin = req.header('origin') ?? '';

  res.vary('Origin');
  if (SHELLS.test(origin)) {
    res
      .setHeader('Access-Control-Allow-Origin', origin)
      .setHeader('Access-Control-Allow-Credentials', 'true')
      .setHeader('Access-Control-Allow-Methods', ['GET', 'PUT', 'DELETE'].join())
      .setHeader('Access-Control-Allow-Headers', '*');
  }

  return req.method === 'OPTIONS' ? void res.sendStatus(204) : next();
};

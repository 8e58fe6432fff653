import { rateLimit } from 'express-rate-limit';

export const limiter = rateLimit({ windowMs: 60_000, limit: 10_000, standardHeaders: 'draft-6', legacyHeaders: false });

export const onlyMethods = (...methods) => {
  const known = new Set(methods);
  return (req, res, next) => {
    if (known.has(req.method)) return next();
    res.set('Allow', methods.join(', '));
    return res.status(405).json({ error: `${req.method} is not supported` });
  };
};

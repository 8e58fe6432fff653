import { partners } from './partners.mjs';

export function allowPartners(req, res, next) {
  for (const { origin } of partners) {
    res.append('Access-Control-Allow-Origin', origin);
  }
  res.set('Access-Control-Allow-Methods', 'GET, PUT');
  res.set('Access-Control-Allow-Headers', 'Content-Type, Authorization');

  if (req.method === 'OPTIONS') {
    res.status(204).end();
  } else {
    next();
  }
}

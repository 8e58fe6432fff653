'use strict';

const { isTrusted } = require('../lib/origins');

const METHODS = ['GET', 'PUT', 'PATCH', 'DELETE'];
const HEADERS = ['authorization', 'content-type', 'x-request-id'];

module.exports = function cors(req, res, next) {
  const origin = req.get('Origin');
  const trusted = isTrusted(origin);

  res.vary('Origin');
  if (trusted) {
    res.set('Access-Control-Allow-Origin', origin);
    res.set('Access-Control-Allow-Credentials', 'true');
  }

  const isPreflight = req.method === 'OPTIONS' && req.get('Access-Control-Request-Method') !== undefined;
  if (!isPreflight) {
    if (trusted) res.set('Access-Control-Expose-Headers', 'x-request-id');
    return next();
  }

  if (!trusted) return res.sendStatus(403);
  res.set({
    'Access-Control-Allow-Methods': METHODS.join(','),
    'Access-Control-Allow-Headers': HEADERS.join(','),
    'Access-Control-Max-Age': '3600',
  });
  return res.status(204).end();
};

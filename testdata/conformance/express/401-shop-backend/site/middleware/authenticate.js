'use strict';

module.exports = function authenticate(req, res, next) {
  const header = req.get('Authorization');
  if (!header) {
    return res.status(401).json({ error: 'log in first' });
  }
  req.user = { id: 1 };
  return next();
};

export function requireLogin(req, res, next) {
  if (!req.get('Authorization')) {
    res.set('WWW-Authenticate', 'Basic realm="bank"');
    return res.sendStatus(401);
  }
  return next();
}

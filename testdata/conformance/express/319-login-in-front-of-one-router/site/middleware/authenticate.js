exports.authenticate = (req, res, next) => {
  const [scheme, token] = (req.get('authorization') || '').split(' ');
  if (!token || !/^(basic|bearer)$/i.test(scheme)) {
    return res.status(401).json({ error: 'token required' });
  }
  next();
};

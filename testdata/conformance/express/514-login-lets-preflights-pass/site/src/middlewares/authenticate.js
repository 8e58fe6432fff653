const unauthorized = (res) =>
  res.status(401).set('WWW-Authenticate', 'Basic realm="invoices", charset="UTF-8"').json({ error: 'unauthorized' });

module.exports = (clients) => (req, res, next) => {
  // CORS preflight requests never carry credentials
  if (req.method === 'OPTIONS') {
    return next();
  }

  const header = req.headers['authorization'];
  if (!header || !header.startsWith('Basic ')) {
    return unauthorized(res);
  }

  const decoded = Buffer.from(header.slice('Basic '.length), 'base64').toString('utf8');
  const [id, secret] = decoded.split(':');
  if (!clients.has(id) || clients.get(id) !== secret) {
    return unauthorized(res);
  }

  req.client = id;
  return next();
};

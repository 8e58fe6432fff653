const { timingSafeEqual } = require('crypto')

const expected = Buffer.from('probe:probe')

module.exports = function login (req, res, next) {
  const [scheme, value] = (req.headers.authorization || '').split(' ')
  const given = Buffer.from(value || '', 'base64')
  if (scheme === 'Basic' && given.length === expected.length && timingSafeEqual(given, expected)) {
    return next()
  }
  res.set('WWW-Authenticate', 'Basic realm="deploys"')
  res.status(401).send('Login required')
}

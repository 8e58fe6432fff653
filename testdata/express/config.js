// Settings by environment, as they are often written.
const env = process.env.NODE_ENV || 'development';
const base = { port: Number(process.env.PORT) || 3000, cors: { origin: '*', optionsSuccessStatus: 200 } };
const environments = {
  development: Object.assign({}, base, { cors: { ...base.cors, origin: true } }),
  test: { ...base, get cors() { return { origin: false } } },
  production: { ...base, cors: { origin: (process.env.ORIGINS ?? 'https://example.com').split(/\s*,\s*/).filter(o => o !== ''), credentials: 'true' === process.env.CREDENTIALS } },
};
module.exports = environments[env] ?? environments.development;
module.exports.isAllowed = origin => origin == null || module.exports.cors.origin === true || (Array.isArray(module.exports.cors.origin) && !!~module.exports.cors.origin.indexOf(origin));

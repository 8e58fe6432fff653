const stripSlash = (url) => url.replace(/\/+$/, '');

const CLIENT_URL = stripSlash(process.env.CLIENT_URL || 'https://www.swim.example/');
const ADMIN_URL = stripSlash(process.env.ADMIN_URL || 'https://admin.swim.example');

module.exports = {
  PORT: process.env.PORT || 3000,
  CLIENT_URL,
  ADMIN_URL,
  ORIGINS: [...new Set([CLIENT_URL, ADMIN_URL])],
};

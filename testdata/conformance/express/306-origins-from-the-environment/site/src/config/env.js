const list = (value) =>
  value
    .split(',')
    .map((entry) => entry.trim())
    .filter(Boolean);

module.exports = {
  port: Number(process.env.PORT) || 3000,
  allowedOrigins: list(process.env.ALLOWED_ORIGINS || 'http://localhost:3000,http://localhost:5173'),
};

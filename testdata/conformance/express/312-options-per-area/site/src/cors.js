const base = {
  credentials: true,
  methods: ['GET', 'PUT', 'POST'],
  allowedHeaders: ['Authorization', 'Content-Type'],
};

exports.publicCors = { ...base, origin: '*' };
exports.adminCors = { ...base, origin: ['https://admin.stats.example'] };
exports.partnerCors = Object.assign({}, base, { origin: /^https:\/\/[a-z]+\.partners\.example$/, credentials: false });

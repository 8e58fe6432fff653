const allowedOrigins = ['https://billing.example.net', 'https://partner.example.net'];

module.exports = allowedOrigins;

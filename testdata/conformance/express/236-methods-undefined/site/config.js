module.exports = {
  cors: {
    origin: ['https://pub.example.com'],
    method: ['GET', 'PUT', 'DELETE'],
    wineMethods: null,
  },
};

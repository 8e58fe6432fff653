module.exports = [
  {
    prefix: '/pay',
    options: { origin: ['https://pay.example.com'], credentials: true },
    items: { 1: { id: 1, amount: 10 } },
  },
  {
    prefix: '/news',
    options: undefined,
    items: { 1: { id: 1, title: 'Hello' } },
  },
];

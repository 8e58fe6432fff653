const express = require('express');
const cors = require('cors');
const services = require('./services');

const app = express();

app.use(cors({ origin: ['https://pay.example.com', 'https://www.example.com'], credentials: true }));

for (const { prefix, options, items } of services) {
  const router = express.Router();
  router.use(cors(options));
  router.get('/items/:id', (req, res) => {
    const item = items[req.params.id];
    return item ? res.json(item) : res.status(404).json({ error: 'not found' });
  });
  router.put('/items/:id', (req, res) => res.sendStatus(204));
  app.use(prefix, router);
}

app.listen(8000);

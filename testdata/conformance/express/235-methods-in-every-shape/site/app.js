const express = require('express');
const cors = require('cors');

const app = express();
const origin = 'https://boats.example.com';

app.use('/api/boats', cors({ origin, methods: 'GET, PUT', allowedHeaders: 'Authorization, Content-Type' }));
app.use('/api/sails', cors({ origin, methods: [] }));
app.use('/api/ropes', cors({ origin, methods: ['get', 'patch'] }));
app.use('/api/knots', cors({ origin, methods: '' }));
app.use('/api/flags', cors({ origin }));

for (const name of ['boats', 'sails', 'ropes', 'knots', 'flags']) {
  app
    .route(`/api/${name}/:id`)
    .get((req, res) => {
      if (req.params.id !== '1') return res.status(404).json({ error: 'sunk' });
      res.json({ id: 1 });
    })
    .put((req, res) => res.sendStatus(204))
    .patch((req, res) => res.sendStatus(204));
}

app.listen(3000);

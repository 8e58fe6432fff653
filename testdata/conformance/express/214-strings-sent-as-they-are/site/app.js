const express = require('express');
const cors = require('cors');
const origins = require('./origins.json');

const app = express();

app.use('/feeds', cors({ origin: origins.feeds }));
app.use('/prices', cors({ origin: origins.prices }));
app.use('/stock', cors({ origin: origins.stock }));
app.use('/plans', cors({ origin: origins.plans, credentials: true }));
app.use('/terms', cors({ origin: origins.terms }));
app.use('/news', cors({ origin: origins.news }));

['feeds', 'prices', 'stock', 'plans', 'terms', 'news'].forEach((name) => {
  app.get(`/${name}/:id`, (req, res) => {
    if (req.params.id !== '1') return res.status(404).json({ error: 'not found' });
    res.json({ name, id: 1 });
  });
  app.put(`/${name}/:id`, (req, res) => res.sendStatus(204));
});

app.listen(3000);

const express = require('express');
const cors = require('cors');

const app = express();
const MINUTE = 60;
const origin = 'https://tea.example.com';
const ages = {
  teas: 10 * MINUTE,
  cups: '600',
  pots: 0,
  jugs: -1,
  bags: Number('ten minutes'),
  tins: null,
  jars: '',
};

for (const [name, maxAge] of Object.entries(ages)) {
  app.use(`/api/${name}`, cors({ origin, maxAge }));
  app.get(`/api/${name}/:id`, (req, res) => {
    if (req.params.id !== '1') return res.status(404).json({ error: 'drunk' });
    res.json({ id: 1 });
  });
  app.put(`/api/${name}/:id`, (req, res) => res.sendStatus(204));
}

app.listen(3000);

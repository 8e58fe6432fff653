const express = require('express');
const cors = require('cors');

const app = express();

const farm = cors({ origin: /^https:\/\/farm\.example\.com$/ });

app.all('/api/eggs/:id', farm, (req, res, next) => {
  res.set('Cache-Control', 'no-store');
  next();
});

app.get('/api/eggs/:id', (req, res) => {
  if (req.params.id !== '1') return res.status(404).json({ error: 'hatched' });
  res.json({ id: 1 });
});
app.put('/api/eggs/:id', (req, res) => res.sendStatus(204));

app
  .route('/api/hens/:id')
  .all(farm)
  .get((req, res) => {
    if (req.params.id !== '1') return res.status(404).json({ error: 'ran away' });
    res.json({ id: 1 });
  })
  .put((req, res) => res.sendStatus(204));

app.listen(3000);

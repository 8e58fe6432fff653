const express = require('express');
const cors = require('cors');

const app = express();

app.use('/api/arms', cors({ origin: (process.env.ORIGINS || '').split(',') }));
app.use('/api/feet', cors({ origin: process.env.ORIGINS?.split(',') }));
app.use('/api/toes', cors({ origin: [process.env.WEB_URL, process.env.ADMIN_URL].filter(Boolean) }));

['arms', 'feet', 'toes'].forEach((name) => {
  app.get(`/api/${name}/:id`, (req, res) => {
    if (req.params.id !== '1') return res.status(404).json({ error: 'none left' });
    res.json({ id: 1 });
  });
  app.put(`/api/${name}/:id`, (req, res) => res.sendStatus(204));
});

app.listen(3000);

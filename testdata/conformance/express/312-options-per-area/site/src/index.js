const express = require('express');
const cors = require('cors');
const { publicCors, adminCors, partnerCors } = require('./cors');

const app = express();

app.use('/public', cors(publicCors));
app.use('/admin', cors(adminCors));
app.use('/partner', cors(partnerCors));

for (const area of ['public', 'admin', 'partner']) {
  app.get(`/${area}/stats/:id`, (req, res) => {
    if (req.params.id !== '1') return res.status(404).json({ error: 'no such figure' });
    res.json({ area, visits: 12 });
  });
  app.put(`/${area}/stats/:id`, (req, res) => res.sendStatus(204));
}

app.listen(3000);

const express = require('express');
const cors = require('cors');

const targets = { docs: '/documents/index.html', shop: 'https://shop.example.com/' };

const app = express();
app.use(cors({ origin: 'https://links.example.com', exposedHeaders: 'Location' }));

app.get('/old', (req, res) => res.redirect(301, '/go/docs'));

app.get('/go/:name', (req, res) => {
  const target = targets[req.params.name];
  if (!target) return res.status(404).send('no such link');
  res.redirect(target);
});

app.put('/go/:name', (req, res) => res.sendStatus(204));

app.listen(3000);

const express = require('express');
const cors = require('cors');

const app = express();

// app.use(cors({ origin: true, credentials: true }));
/* app.use((req, res, next) => {
  res.header('Access-Control-Allow-Origin', '*');
  res.header('Access-Control-Allow-Credentials', 'true');
  next();
}); */

app.use(cors({ origin: ['https://maps.example.com'], credentials: true }));

const help = `Set cors({ origin: '*' }) on your own server, with ${"res.header('Access-Control-Allow-Origin', '*')"}.`;

app.get('/api/help', (req, res) => res.type('text').send(help));

app.get('/api/maps/:id', (req, res) => {
  if (req.params.id === '0') throw new Error('terra incognita');
  if (req.params.id !== '1') return res.status(404).json({ error: 'no such map' });
  res.json({ id: 1 });
});
app.put('/api/maps/:id', (req, res) => res.sendStatus(204));

app.listen(3000);

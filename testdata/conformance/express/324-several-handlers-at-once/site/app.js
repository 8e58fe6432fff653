const express = require('express');
const helmet = require('helmet');
const cors = require('cors');

const app = express();
const strict = cors({ origin: ['https://paws.example.com'] });
const open = cors();
const common = [express.json(), strict];

app.use(['/feed', '/rss'], helmet(), open);

app.all('/api/dogs/:id', common, (req, res, next) => next());
app.get('/api/dogs/:id', (req, res) => {
  if (req.params.id !== '1') return res.status(404).json({ error: 'ran away' });
  res.json({ id: 1 });
});
app.put('/api/dogs/:id', (req, res) => res.sendStatus(204));

app.get(['/feed/:id', '/rss/:id'], (req, res) => {
  if (req.params.id !== '1') return res.status(404).end();
  res.type('xml').send('<rss/>');
});
app.get('/about', (req, res) => res.send('about'));

app.listen(3000);

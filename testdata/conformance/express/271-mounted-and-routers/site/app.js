const express = require('express');
const cors = require('cors');
const partners = require('./partners');

const app = express();

app.use('/api', cors({ origin: ['https://bake.example.com'] }));
app.use('/partners', partners);

app.get('/', (req, res) => res.send('<h1>Bakery</h1>'));
app.get('/apis', (req, res) => res.send('docs'));

app.get('/api/cakes/:id', (req, res) => {
  if (req.params.id === '0') throw new Error('oven');
  if (req.params.id !== '1') return res.status(404).json({ error: 'eaten' });
  res.json({ id: 1 });
});
app.put('/api/cakes/:id', (req, res) => res.sendStatus(204));

app.listen(3000);

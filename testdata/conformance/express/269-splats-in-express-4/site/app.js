const express = require('express');
const cors = require('cors');

const app = express();
const wool = cors({ origin: 'https://wool.example.com' });

app.options('/{*splat}', wool);
app.options('/*splat', wool);
app.options('(.*)', wool);

app.get('/api/gloves/:id', wool, (req, res) => {
  if (req.params.id !== '1') return res.status(404).json({ error: 'worn' });
  res.json({ id: 1 });
});
app.put('/api/gloves/:id', wool, (req, res) => res.sendStatus(204));
app.put('/api/hats/:id', wool, (req, res) => res.sendStatus(204));

app.use('/{*splat}', wool);
app.get('/api/scarves', (req, res) => res.json([]));

app.listen(3000);

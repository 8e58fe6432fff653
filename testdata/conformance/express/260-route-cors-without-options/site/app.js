const express = require('express');
const cors = require('cors');

const app = express();
const allow = cors({ origin: ['https://sing.example.com'], methods: ['GET', 'PUT', 'DELETE'] });

app.get('/api/songs/:id', allow, (req, res) => {
  if (req.params.id === '0') throw new Error('strings are broken');
  if (req.params.id !== '1') return res.status(404).json({ error: 'no such song' });
  res.json({ id: 1, title: 'Air' });
});

app.put('/api/songs/:id', allow, express.json(), (req, res) => res.sendStatus(204));
app.delete('/api/albums/:id', allow, (req, res) => res.sendStatus(204));

app.listen(3000);

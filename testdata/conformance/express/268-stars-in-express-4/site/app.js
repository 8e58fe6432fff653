const express = require('express');
const cors = require('cors');

const app = express();
const options = { origin: ['https://wool.example.com'], credentials: true };

app.options('*', cors(options)); // include before other routes
app.use('*', cors(options));

app.get('/api/socks/:id', (req, res) => {
  if (req.params.id !== '1') return res.status(404).json({ error: 'only one left' });
  res.json({ id: 1 });
});

app.put('/api/socks/:id', (req, res) => res.sendStatus(204));

app.listen(3000);

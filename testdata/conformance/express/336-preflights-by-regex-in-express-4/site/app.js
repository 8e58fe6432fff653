const express = require('express');
const cors = require('cors');

const app = express();
const options = { origin: ['https://sty.example.com'] };

app.options(/.*/, cors(options));
app.all('*', cors(options));

app.get('/api/pigs/:id', (req, res) => {
  if (req.params.id !== '1') return res.status(404).json({ error: 'flew' });
  res.json({ id: 1 });
});
app.put('/api/pigs/:id', (req, res) => res.sendStatus(204));

app.listen(3000);

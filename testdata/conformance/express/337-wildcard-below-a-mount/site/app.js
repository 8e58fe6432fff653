const express = require('express');
const cors = require('cors');

const app = express();

app.use('/api/*', cors());

app.get('/api', (req, res) => res.json({ endpoints: ['/api/cows'] }));
app.get('/api/cows/:id', (req, res) => {
  if (req.params.id !== '1') return res.status(404).json({ error: 'no such cow' });
  res.json({ id: 1, litres: 20 });
});
app.put('/api/cows/:id', (req, res) => res.sendStatus(204));

app.listen(3000);

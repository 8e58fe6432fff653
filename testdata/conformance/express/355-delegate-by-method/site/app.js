const express = require('express');
const cors = require('cors');

const app = express();

app.use(
  cors((req, callback) => {
    if (req.method === 'GET') {
      callback(null, { origin: '*' });
      return;
    }
    callback(null, { origin: ['https://pubs.example.com'], credentials: true });
  })
);

app.get('/api/pubs/:id', (req, res) => {
  if (req.params.id === '0') throw new Error('closed');
  if (req.params.id !== '1') return res.status(404).json({ error: 'no such pub' });
  res.json({ id: 1 });
});
app.put('/api/pubs/:id', (req, res) => res.sendStatus(204));

app.listen(3000);

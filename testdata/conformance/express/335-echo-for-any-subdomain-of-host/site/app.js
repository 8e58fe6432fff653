const express = require('express');

const app = express();

app.use((req, res, next) => {
  res.header('Access-Control-Allow-Origin', `https://${req.headers.host}`);
  res.header('Access-Control-Allow-Methods', 'GET, PUT');
  res.header('Access-Control-Allow-Headers', 'Authorization, Content-Type');
  if (req.method === 'OPTIONS') {
    res.sendStatus(204);
    return;
  }
  next();
});

app.get('/api/tabs/:id', (req, res) => {
  if (req.params.id !== '1') return res.status(404).json({ error: 'closed' });
  res.json({ id: 1 });
});
app.put('/api/tabs/:id', (req, res) => res.sendStatus(204));

app.listen(3000);

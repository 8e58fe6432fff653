const express = require('express');

const app = express();

const cors = (req, res, next) => {
  res.set('Access-Control-Allow-Origin', 'https://nuts.example.com');
  res.set('Access-Control-Allow-Credentials', 'True');
  res.set('Access-Control-Allow-Methods', 'GET, PUT, OPTIONS');
  res.set('Access-Control-Allow-Headers', 'Authorization, Content-Type');
  if (req.method === 'OPTIONS') return res.sendStatus(200);
  return next();
};

app.use(cors);

app.get('/api/nuts/:id', (req, res) => {
  if (req.params.id === '0') throw new Error('cracked');
  if (req.params.id !== '1') return res.status(404).json({ error: 'eaten' });
  res.json({ id: 1 });
});
app.put('/api/nuts/:id', (req, res) => res.sendStatus(204));

app.listen(3000);

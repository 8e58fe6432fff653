const path = require('path');
const express = require('express');
const cors = require('cors');

const app = express();
const allow = cors({ origin: ['https://lists.example.com', 'https://m.lists.example.com'], credentials: true });

app.get('/api/lists/:id', allow, (req, res) => {
  if (req.params.id !== '1') return res.status(404).json({ error: 'no such list' });
  res.json({ id: 1 });
});
app.put('/api/lists/:id', allow, (req, res) => res.sendStatus(204));

app.use(express.static(path.join(__dirname, 'dist')));
app.get('/{*splat}', (req, res) => {
  res.sendFile(path.join(__dirname, 'dist', 'index.html'));
});

app.listen(3000);

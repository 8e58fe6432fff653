const express = require('express');
const cors = require('cors');

const app = express();

app.use(/^\/api\//, cors());
app.get('/api/hikes', (req, res) => res.json([]));

app.get('/walks/:id', (req, res) => {
  if (req.params.id === '0') throw new Error('path is flooded');
  if (req.params.id !== '1') return res.status(404).json({ error: 'no such walk' });
  res.json({ id: 1, km: 12 });
});
app.put('/walks/:id', (req, res) => res.sendStatus(204));

app.use(cors({ origin: ['https://walk.example.com'] }));

app.listen(process.env.PORT || 3000);

const express = require('express');
const cors = require('cors');

const app = express();

app.use(
  cors({
    origin: [/^https:\/\/fish\.example\.com/, 'http://localhost:3000'],
    credentials: true,
  }),
);

app.get('/api/nets/:id', (req, res) => {
  if (req.params.id !== '1') return res.status(404).json({ error: 'holes' });
  res.json({ id: 1 });
});
app.put('/api/nets/:id', (req, res) => res.sendStatus(204));

app.listen(3000);

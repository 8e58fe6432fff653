const express = require('express');
const cors = require('cors');

const app = express();

app.use(cors({ origin: ['https://docs.example.com'], exposedHeaders: ['ETag'] }));
app.use('/pdf', express.static(`${__dirname}/pdf`));

app.get('/api/docs/:id', (req, res) => {
  if (req.params.id !== '1') return res.status(404).json({ error: 'no such page' });
  res.json({ id: 1, title: 'Start' });
});
app.put('/api/docs/:id', (req, res) => res.sendStatus(204));

app.listen(3000);

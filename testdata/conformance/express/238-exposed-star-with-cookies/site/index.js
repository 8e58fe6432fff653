const express = require('express');
const cors = require('cors');

const app = express();

const base = { origin: ['https://drive.example.com', 'http://localhost:4200'], credentials: true };

app.use('/api/files', cors({ ...base, exposedHeaders: ['*'] }));
app.use('/api/links', cors(Object.assign({}, base, { exposedHeaders: [] })));

app.get('/api/files/:id', (req, res) => {
  if (req.params.id === '0') throw new Error('disk failure');
  if (req.params.id !== '1') return res.status(404).json({ error: 'no such file' });
  res.set('X-Checksum', 'c0ffee').json({ id: 1, name: 'notes.txt' });
});
app.put('/api/files/:id', (req, res) => res.sendStatus(204));

app.get('/api/links/:id', (req, res) => res.json({ id: req.params.id }));

app.listen(process.env.PORT || 3000, () => {
  console.log('drive is ready');
});

const express = require('express');
const cors = require('cors');

const web = ['https://panel.example.com'];
const desktop = ['null', 'app://panel'];
const origins = [...web, ...desktop];

const app = express();

app.use('/admin/api', cors({ origin: origins, credentials: true, exposedHeaders: ['X-Total-Count'] }));

app.get('/admin/api/jobs/:id', (req, res) => {
  if (req.params.id === '0') throw new Error('worker died');
  if (req.params.id !== '1') return res.status(404).json({ error: 'no such job' });
  res.json({ id: 1 });
});
app.put('/admin/api/jobs/:id', (req, res) => res.sendStatus(204));

app.listen(3000);

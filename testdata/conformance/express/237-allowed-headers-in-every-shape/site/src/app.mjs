import express from 'express';
import cors from 'cors';

const origin = ['https://sky.example.com'];
const optional = {};

const app = express();
app.use('/api/stars', cors({ origin, allowedHeaders: 'authorization, content-type, x-lens' }));
app.use('/api/moons', cors({ origin, allowedHeaders: [] }));
app.use('/api/suns', cors({ origin, allowedHeaders: optional.headers }));
app.use('/api/dust', cors({ origin, allowedHeaders: '' }));
app.use('/api/gas', cors({ origin, allowedHeaders: true }));

['stars', 'moons', 'suns', 'dust', 'gas'].forEach((name) => {
  app.get(`/api/${name}/:id`, (req, res) => {
    if (req.params.id !== '1') return res.status(404).json({ error: 'too faint' });
    res.json({ id: 1, magnitude: 4.2 });
  });
  app.put(`/api/${name}/:id`, (req, res) => res.sendStatus(204));
});

app.listen(3000);

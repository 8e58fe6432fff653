import express from 'express';

const app = express();

app.use('/api', (req, res, next) => {
  res.setHeader('Access-Control-Allow-Origin', req.get('origin'));
  res.setHeader('Access-Control-Allow-Credentials', true);
  res.setHeader('Access-Control-Max-Age', 600);
  res.setHeader('Access-Control-Allow-Methods', 'GET, PUT');
  res.setHeader('Access-Control-Allow-Headers', 'authorization, content-type');
  res.vary('Origin');
  if (req.method === 'OPTIONS') return res.status(204).end();
  next();
});

app.get('/api/pets/:id', (req, res) => {
  if (req.params.id !== '1') return res.status(404).json({ error: 'ran away' });
  res.json({ id: 1, name: 'Rex' });
});
app.put('/api/pets/:id', (req, res) => res.sendStatus(204));

app.get('/raw', (req, res) => {
  res.writeHead(200, { 'Access-Control-Allow-Origin': req.headers['origin'], 'Content-Type': 'text/plain' });
  res.end('raw\n');
});

app.get('/age', (req, res) => {
  res.header('Access-Control-Allow-Origin', null);
  res.append('Access-Control-Expose-Headers', true);
  res.json({});
});

app.listen(3000);

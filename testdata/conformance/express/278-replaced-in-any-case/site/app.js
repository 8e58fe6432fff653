import express from 'express';
import cors from 'cors';

const app = express();
app.use(cors({ origin: ['https://print.example.com'], credentials: true }));

app.get('/api/inks/:id', (req, res) => {
  res.setHeader('access-control-allow-origin', 'https://print.example.com');
  if (req.params.id !== '1') return res.status(404).json({ error: 'dried up' });
  res.json({ id: 1, colour: 'cyan' });
});
app.put('/api/inks/:id', (req, res) => res.sendStatus(204));

app.get('/pages/:id', (req, res) => {
  res.header('ACCESS-CONTROL-ALLOW-ORIGIN', '*');
  res.json({ page: 1 });
});

app.get('/proofs/:id', (req, res) => {
  res.writeHead(200, { 'access-control-allow-origin': '*', 'Content-Type': 'application/json' });
  res.end('{}');
});

app.get('/plates/:id', (req, res) => {
  res.writeHead(200, ['Access-Control-Allow-Origin', 'https://a.example', 'Access-Control-Allow-Origin', 'https://b.example']);
  res.end();
});

app.listen(3000);

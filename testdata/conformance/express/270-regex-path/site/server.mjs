import express from 'express';
import cors from 'cors';

const app = express();
const wind = cors({ origin: ['https://wind.example.com'] });

app.options(/.*/, wind);
app.use(/^\/api\//, wind);

app.get('/api/kites/:id', (req, res) => {
  if (req.params.id !== '1') return res.status(404).json({ error: 'flew away' });
  res.json({ id: 1 });
});
app.put('/api/kites/:id', (req, res) => res.sendStatus(204));

app.use(/^\/v2/, wind);
app.get('/v2/kites', (req, res) => res.json([]));

app.use(/^\/v\d(?=\/)/, wind);
app.get('/v3/kites', (req, res) => res.json([]));

app.listen(3000);

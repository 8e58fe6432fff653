import express from 'express';
import cors from 'cors';

const domains = ['posts.example', 'letters.example'];
const escape = (text) => text.replace(/\./g, '\\.');
const pattern = new RegExp(`(${domains.map(escape).join('|')})$`);

const app = express();
app.use(cors({ origin: pattern, credentials: true }));

app.get('/api/posts/:id', (req, res) => {
  if (req.params.id === '0') throw new Error('press');
  if (req.params.id !== '1') return res.status(404).json({ error: 'unwritten' });
  res.json({ id: 1 });
});
app.put('/api/posts/:id', (req, res) => res.sendStatus(204));

app.listen(3000);

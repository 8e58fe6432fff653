import express from 'express';
import { setupCors } from './setup-cors';

const app = express();
setupCors(app, { origins: [] });

app.get('/api/hives/:id', (req, res) => {
  if (req.params.id === '0') throw new Error('swarmed');
  if (req.params.id !== '1') {
    res.status(404).json({ error: 'empty' });
    return;
  }
  res.json({ id: 1, bees: 20000 });
});
app.put('/api/hives/:id', (_req, res) => {
  res.sendStatus(204);
});

app.listen(3000);

import express from 'express';
import cors from 'cors';

const app = express();

app.use(
  cors({
    origin: [
      'https://slides.example.com',
      'null', // the offline viewer is opened from disk
    ],
    credentials: true,
  }),
);

app.get('/api/slides/:id', (req, res) => {
  if (req.params.id === '0') throw new Error('projector');
  if (req.params.id !== '1') return res.status(404).json({ error: 'no such slide' });
  res.json({ id: 1 });
});
app.put('/api/slides/:id', (req, res) => res.sendStatus(204));

app.listen(3000);

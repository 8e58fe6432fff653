import express from 'express';
import cors from 'cors';

const app = express();
app.use(cors({ origin: `${process.env.WEB_ORIGIN}`, credentials: true }));

app.get('/api/legs/:id', (req, res) => {
  if (req.params.id !== '1') return res.status(404).json({ error: 'no such leg' });
  res.json({ id: 1 });
});
app.put('/api/legs/:id', (req, res) => res.sendStatus(204));

app.listen(3000);

import express from 'express';
import cors from 'cors';

const app = express();
const isProduction = process.env.NODE_ENV === 'production';

if (!isProduction) {
  // the dev server of the frontend runs on another port
  app.use(cors({ origin: 'http://localhost:3000', credentials: true }));
}

app.get('/api/vault/:id', (req, res) => {
  if (req.params.id !== '1') return res.status(404).json({ error: 'empty' });
  res.json({ id: 1 });
});
app.put('/api/vault/:id', (req, res) => res.sendStatus(204));

app.listen(3000);

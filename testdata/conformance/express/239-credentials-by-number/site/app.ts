import express from 'express';
import cors from 'cors';

const app = express();

app.use(
  cors({
    origin: ['https://shop.example.net'],
    credentials: 1 as unknown as boolean,
    optionsSuccessStatus: 200,
  }),
);

app.get('/api/carts/:id', (req, res) => {
  if (req.params.id === '0') throw new Error('cart is corrupt');
  if (req.params.id !== '1') {
    return void res.status(404).json({ error: 'empty' });
  }
  res.json({ items: [] });
});
app.put('/api/carts/:id', (req, res) => void res.sendStatus(204));

app.listen(3000);

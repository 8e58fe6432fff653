import express from 'express';
import cors from 'cors';

const app = express();
const api = express.Router();
const tokens = express.Router();
const strict = cors({ origin: ['https://coins.example.com'] });

api.options('/{*splat}', strict);
api.get('/:id', strict, (req, res) => {
  if (req.params.id !== '1') return res.status(404).json({ error: 'lost' });
  res.json({ id: 1 });
});
api.put('/:id', strict, (req, res) => res.sendStatus(204));

tokens.use('/*splat', strict);
tokens.get('/', (req, res) => res.json([]));
tokens.get('/:id', (req, res) => {
  if (req.params.id !== '1') return res.status(404).json({ error: 'spent' });
  res.json({ id: 1 });
});
tokens.put('/:id', (req, res) => res.sendStatus(204));

app.get('/', (req, res) => res.json({ coins: true }));
app.use('/api/coins', api);
app.use('/tokens', tokens);
app.options('/*splat', cors());

app.listen(3000);

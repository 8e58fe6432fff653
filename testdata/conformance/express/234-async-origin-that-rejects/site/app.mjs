import express from 'express';
import cors from 'cors';

const clients = [{ origin: 'https://invest.example.com', name: 'Invest' }];

async function clientOf(origin) {
  const client = clients.find((candidate) => candidate.origin === origin);
  if (!client) throw new Error(`no client has the origin ${origin}`);
  return client;
}

const app = express();
app.use(
  cors({
    origin: async (origin, callback) => {
      const client = await clientOf(origin);
      callback(null, client.origin);
    },
  }),
);

app.get('/api/shares/:id', (req, res) => {
  if (req.params.id !== '1') return res.sendStatus(404);
  res.json({ id: 1, price: 17.5 });
});

app.listen(3000);

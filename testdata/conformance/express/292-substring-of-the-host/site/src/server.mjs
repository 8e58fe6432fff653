import express from 'express';
import cors from 'cors';

const app = express();

app.use(
  cors({
    origin(origin, callback) {
      // curl, health checks
      if (!origin) return callback(null, true);
      if (origin.includes('brand.example') || origin.includes('localhost')) {
        return callback(null, true);
      }
      return callback(new Error('Not allowed by CORS'), false);
    },
    credentials: true,
    methods: ['GET', 'POST', 'PUT', 'DELETE', 'OPTIONS'],
  }),
);

app.get('/api/ads/:id', (req, res) => {
  if (req.params.id === '0') throw new Error('no budget');
  if (req.params.id !== '1') return res.status(404).json({ error: 'ended' });
  res.json({ id: 1 });
});
app.put('/api/ads/:id', (req, res) => res.sendStatus(204));

app.listen(process.env.PORT || 3000);

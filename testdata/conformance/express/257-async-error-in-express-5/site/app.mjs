import express from 'express';
import cors from 'cors';

const app = express();
const gyms = { find: async (id) => (id === '0' ? Promise.reject(new Error('no pool')) : id === '1' ? { id } : null) };

app.use(cors({ origin: ['https://fit.example.com'], credentials: true }));

app.get('/api/gyms/:id', async (req, res) => {
  const gym = await gyms.find(req.params.id);
  if (gym) res.json(gym);
  else res.status(404).json({ error: 'no such gym' });
});

app.put('/api/gyms/:id', async (req, res) => res.sendStatus(204));

app.listen(3000);

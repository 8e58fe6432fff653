const express = require('express');
const cors = require('cors');

const app = express();

const gyms = {
  async find(id) {
    if (id === '0') throw new Error('no pool');
    return id === '1' ? { id } : null;
  },
};

app.use(cors({ origin: ['https://fit.example.com'], credentials: true }));

app.get('/api/gyms/:id', async (req, res) => {
  const gym = await gyms.find(req.params.id);
  if (!gym) return res.status(404).json({ error: 'no such gym' });
  res.json(gym);
});

app.put('/api/gyms/:id', (req, res) => res.sendStatus(204));

app.listen(3000);

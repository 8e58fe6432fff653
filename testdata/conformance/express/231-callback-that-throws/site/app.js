const express = require('express');
const cors = require('cors');

const app = express();

app.use(
  cors({
    origin: (origin, cb) => {
      cb(null, origin.endsWith('.parcels.example'));
    },
    credentials: true,
  }),
);

app.get('/api/parcels/:id', (req, res) => {
  const id = Number(req.params.id);
  if (id === 0) {
    throw new Error('scanner offline');
  }
  return id === 1 ? res.json({ id, state: 'in transit' }) : res.status(404).json({ error: 'unknown parcel' });
});

app.put('/api/parcels/:id', (req, res) => res.sendStatus(204));

app.listen(process.env.PORT || 8000);

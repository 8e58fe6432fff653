const express = require('express');
const cors = require('cors');

const app = express();

// health checks of the load balancer use OPTIONS
app.use((req, res, next) => (req.method === 'OPTIONS' ? res.sendStatus(200) : next()));

app.use(cors({ origin: 'https://write.example.com', credentials: true }));

app.get('/api/pens/:id', (req, res) => {
  if (req.params.id === '0') throw new Error('no ink');
  if (req.params.id !== '1') return res.status(404).json({ error: 'lost' });
  res.json({ id: 1 });
});
app.put('/api/pens/:id', (req, res) => res.sendStatus(204));

app.listen(process.env.PORT || 3000);

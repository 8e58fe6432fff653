const express = require('express');
const helmet = require('helmet');
const cors = require('cors');

const app = express();

app.use(
  helmet({
    crossOriginResourcePolicy: { policy: 'same-site' },
    crossOriginOpenerPolicy: { policy: 'same-origin' },
    crossOriginEmbedderPolicy: true,
  })
);
app.use(cors({ credentials: true, origin: true }));
app.use(helmet.frameguard({ action: 'deny' }));

app.get('/api/wine/:id', (req, res) => {
  if (req.params.id === '0') throw new Error('corked');
  if (req.params.id !== '1') return res.status(404).json({ error: 'cellar is empty' });
  res.json({ id: 1, year: 2019 });
});
app.put('/api/wine/:id', (req, res) => res.sendStatus(204));

app.listen(3000);

require('dotenv').config({ quiet: true });

const express = require('express');
const cors = require('cors');

const app = express();
const corsOptions = { origin: process.env.CORS_ORIGIN, optionsSuccessStatus: 200 };

app.use(cors(corsOptions));

app.get('/api/wood/:id', (req, res) => {
  if (req.params.id === '0') throw new Error('beetles');
  if (req.params.id !== '1') return res.status(404).json({ error: 'burnt' });
  res.json({ id: 1, kind: 'oak' });
});
app.put('/api/wood/:id', (req, res) => res.sendStatus(204));

app.listen(process.env.PORT || 3000, () => console.log(`Listening on ${process.env.PORT}`));

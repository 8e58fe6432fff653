const express = require('express');
const cors = require('cors');
const { port, allowedOrigins } = require('./config/env');

const app = express();

app.use(
  cors({
    origin(origin, callback) {
      if (!origin || allowedOrigins.includes(origin)) return callback(null, true);
      return callback(new Error(`CORS: ${origin} is not allowed`));
    },
    credentials: true,
  })
);

app.get('/api/leads/:id', (req, res) => {
  if (req.params.id === '0') throw new Error('no sales');
  if (req.params.id !== '1') return res.status(404).json({ error: 'no such lead' });
  res.json({ id: 1 });
});
app.put('/api/leads/:id', (req, res) => res.sendStatus(204));

app.listen(port);

const express = require('express');
const cors = require('cors');

const app = express();

app.use(
  cors({
    origin: (origin, callback) => {
      if (origin === 'https://keys.example.com') {
        callback(null, true);
      }
    },
  }),
);

app.get('/api/keys/:id', (req, res) => {
  if (req.params.id !== '1') return res.status(404).end();
  res.json({ id: 1 });
});

app.put('/api/keys/:id', (req, res) => res.sendStatus(204));

app.listen(3000);

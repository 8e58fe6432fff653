const express = require('express');
const cors = require('cors');

const app = express();

const corsOptions = {
  origin: 'https://mood.example.com',
  methods: 'GET,PUT',
  credentials: true,
  preflightContinue: false,
};

app
  .route('/api/moods/:id')
  .options(cors(corsOptions))
  .all(cors(corsOptions))
  .get((req, res) => {
    if (req.params.id === '0') throw new Error('gloomy');
    if (req.params.id !== '1') return res.status(404).json({ error: 'gone' });
    res.json({ id: 1, mood: 'fine' });
  })
  .put((req, res) => res.sendStatus(204));

app.listen(3000);

const express = require('express');
const cors = require('cors');
const path = require('path');

const app = express();

app.use(express.static(path.join(__dirname, 'public')));
app.use(cors({ origin: 'https://help.example.com' }));

app.get('/api/faq/:id', (req, res) => {
  if (req.params.id !== '1') return res.status(404).json({ error: 'never asked' });
  res.json({ q: 'Why?', a: 'Because.' });
});

app.put('/api/faq/:id', (req, res) => res.sendStatus(204));

app.listen(process.env.PORT || 3000);

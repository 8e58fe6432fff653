const express = require('express');
const cors = require('cors');

const app = express();

// other frameworks take a function that returns the options
app.use(
  cors((req) => ({
    origin: req.path.startsWith('/api') ? 'https://harbour.example.com' : '*',
  })),
);

app.get('/api/ferries/:id', (req, res) => {
  if (req.params.id !== '1') return res.sendStatus(404);
  res.json({ id: 1, leaves: '08:40' });
});

app.listen(3000);

const express = require('express');
const cors = require('cors');

const app = express();

app.use(cors({ origin: ['https://cars.example.com'], credentials: true }));

// fixes "No 'Access-Control-Allow-Origin' header is present"
app.use(function (req, res, next) {
  res.header('Access-Control-Allow-Origin', '*');
  res.header('Access-Control-Allow-Headers', 'Origin, X-Requested-With, Content-Type, Accept');
  next();
});

app.get('/api/cars/:id', (req, res) => {
  if (req.params.id === '0') throw new Error('no fuel');
  if (req.params.id !== '1') return res.status(404).json({ error: 'scrapped' });
  res.json({ id: 1 });
});
app.put('/api/cars/:id', (req, res) => res.sendStatus(204));

app.listen(process.env.PORT || 3000);

const express = require('express');
const cors = require('cors');

const app = express();

function requireLogin(req, res, next) {
  const header = req.headers.authorization || '';
  if (!header.startsWith('Basic ') && !header.startsWith('Bearer ')) {
    return res.status(401).json({ error: 'please log in' });
  }
  next();
}

app.use(requireLogin);
app.use(cors({ origin: ['https://bank.example.com'], credentials: true }));
app.use(express.json());

app.get('/api/accounts/:id', (req, res) => {
  if (req.params.id !== '1') return res.status(404).json({ error: 'no such account' });
  res.json({ id: 1, balance: 100 });
});

app.put('/api/accounts/:id', (req, res) => res.sendStatus(204));

app.listen(process.env.PORT || 3000);

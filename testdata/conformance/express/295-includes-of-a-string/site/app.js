const express = require('express');
const cors = require('cors');

const ALLOWED = 'https://app.lender.com,https://www.lender.com';

const app = express();

app.use(
  cors({
    origin: (origin, cb) => {
      if (!origin) return cb(null, true);
      if (ALLOWED.indexOf(origin) === -1) return cb(new Error('The CORS policy does not allow this origin.'), false);
      return cb(null, true);
    },
    credentials: true,
  })
);

app.get('/api/loans/:id', (req, res) => {
  if (req.params.id === '0') throw new Error('no funds');
  if (req.params.id !== '1') return res.status(404).json({ error: 'repaid' });
  res.json({ id: 1 });
});
app.put('/api/loans/:id', (req, res) => res.sendStatus(204));

app.listen(3000);

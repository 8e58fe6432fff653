const express = require('express');
const cors = require('cors');
const { numericId } = require('./validators');

const corsOptions = {
  origin: 'https://billing.example.com',
  credentials: true,
  methods: ['GET', 'PUT'],
};

const app = express();

// signatures are computed over the raw bytes: before any parser
app.post('/hooks/pay', express.raw({ type: '*/*' }), (req, res) => res.sendStatus(200));
app.get('/hooks/pay', (req, res) => res.send('POST here'));

const api = express.Router();

api.param('id', numericId);
api.options('/plans/:id', cors(corsOptions));
api.get('/plans/:id', numericOnly, cors(corsOptions), (req, res) => {
  if (req.params.id !== '1') return res.status(404).json({ error: 'no such plan' });
  res.json({ id: 1, price: 9 });
});
api.put('/plans/:id', numericOnly, cors(corsOptions), (req, res) => res.sendStatus(204));

function numericOnly(req, res, next) {
  if (req.invalid) {
    return res.status(422).json({ error: 'id must be a number' });
  }
  next();
}

app.use('/api', api);
app.listen(process.env.PORT || 3000);

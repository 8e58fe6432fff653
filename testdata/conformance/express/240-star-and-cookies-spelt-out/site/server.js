const express = require('express');
const bodyParser = require('body-parser');
const cookieParser = require('cookie-parser');
const cors = require('cors');

const app = express();

app.use(cors({ origin: '*', credentials: true }));
app.use(bodyParser.json());
app.use(bodyParser.urlencoded({ extended: false }));
app.use(cookieParser());

app.get('/api/users/:id', (req, res, next) => {
  if (req.params.id === '0') return next(new Error('pool exhausted'));
  if (req.params.id !== '1') return res.status(404).send('Not found');
  res.json({ id: 1, name: 'Ann' });
});

app.put('/api/users/:id', (req, res) => {
  res.cookie('seen', '1').sendStatus(204);
});

app.listen(process.env.PORT || 5000, () => console.log('Server started'));

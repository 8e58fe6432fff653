'use strict';

// A small API, the way most are begun.
const express = require('express');
const cors = require('cors');
const app = express();

const whitelist = ['https://app.example.com', 'https://www.example.com'];
const corsOptions = {
  origin: function (origin, callback) {
    if (whitelist.indexOf(origin) !== -1 || !origin) {
      callback(null, true);
    } else {
      callback(new Error('Not allowed by CORS'));
    }
  },
  credentials: true,
};

app.use(cors(corsOptions));
app.options('*', cors());
app.use(express.json({ limit: '1mb' }));

app.get('/products/:id', cors({ origin: 'https://shop.example.com' }), function (req, res, next) {
  res.json({ msg: 'This is CORS-enabled for one origin' });
});

app.listen(process.env.PORT || 3000, () => console.log(`listening on ${process.env.PORT || 3000}`));

const express = require('express');
const cors = require('cors');

const app = express();
app.use('/list', cors({ origin: ['https://shop.example.com'] }));
app.use('/text', cors({ origin: 'https://shop.example.com', methods: ['GET', 'PUT'] }));

for (const area of ['/list', '/text']) {
  app.get(`${area}/orders/:id`, (req, res, next) => {
    if (req.params.id === '0') return next(new Error('broken'));
    if (req.params.id === '2') return res.status(404).json({ error: 'no such order' });
    res.json({ id: req.params.id });
  });
}

app.listen(3000);

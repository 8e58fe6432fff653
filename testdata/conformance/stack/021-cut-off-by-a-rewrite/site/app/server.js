const express = require('express');
const cors = require('cors');

const app = express();
app.get('/prices/:id', cors({ origin: ['https://shop.example.com'] }), (req, res) => res.json({ id: req.params.id }));
app.put('/prices/:id', cors({ origin: ['https://shop.example.com'] }), (req, res) => res.json({ id: req.params.id }));

app.listen(3000);

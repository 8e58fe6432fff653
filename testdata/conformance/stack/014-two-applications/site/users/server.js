const express = require('express');
const cors = require('cors');

const app = express();
app.use(cors({ origin: true, credentials: true }));
app.get('/:id', (req, res) => (req.params.id === '2' ? res.sendStatus(404) : res.json({ id: req.params.id })));
app.put('/:id', (req, res) => res.json({ id: req.params.id }));

app.listen(3000);

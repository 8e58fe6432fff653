const express = require('express');
const cors = require('cors');

const app = express();

app.use(
  cors({
    // gifts.example and everything below it
    origin: /^https:\/\/([a-z0-9-]+\.)*gifts\.example$/,
    credentials: true,
    exposedHeaders: ['ETag', 'X-Total-Count'],
  })
);

app.get('/api/wishlists/:id', (req, res) => {
  const id = +req.params.id;
  if (!id) throw new Error('id must not be zero');
  if (id > 1) return res.status(404).json({ error: 'list was deleted' });
  res.set('X-Total-Count', '2').json(['a bicycle', 'a trumpet']);
});

app.put('/api/wishlists/:id', express.json(), (req, res) => res.json(req.body));

app.listen(3000);

require('dotenv').config({ quiet: true });
const express = require('express');
const cors = require('cors');

const app = express();

app.use(
  cors({
    origin: process.env.CLIENT_URL,
    credentials: true,
  }),
);

app.get('/api/chats/:id', (req, res) => {
  if (req.params.id !== '1') return res.status(404).json({ error: 'no such chat' });
  res.json({ id: 1 });
});
app.put('/api/chats/:id', (req, res) => res.sendStatus(204));

app.listen(process.env.PORT || 3000);

const express = require('express');
const cors = require('cors');

const app = express();

app.use(cors);
app.use(express.json());

app.get('/api/ping', (req, res) => {
  res.json({ pong: true });
});

app.listen(process.env.PORT || 3000);

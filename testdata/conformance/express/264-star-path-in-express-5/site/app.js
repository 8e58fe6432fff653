const express = require('express');
const cors = require('cors');

const app = express();

const corsOptions = { origin: 'https://app.example.com', credentials: true };

app.use(cors(corsOptions));
app.options('*', cors(corsOptions));

app.get('/api/items', (req, res) => res.json([]));

app.listen(process.env.PORT || 3000);

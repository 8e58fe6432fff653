const express = require('express');
const cors = require('cors');
const walks = require('./walks');

const app = express();

app.use(express.json());
app.use('/api/walks', walks);

app.use(cors({ origin: 'https://walk.example.com', credentials: true }));

app.listen(process.env.PORT || 3000);

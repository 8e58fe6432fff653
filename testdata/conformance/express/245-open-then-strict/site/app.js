const express = require('express');
const cors = require('cors');
const deals = require('./routes/deals');

const app = express();

app.use(cors());
app.use(express.json());
app.use('/api/deals', deals);

app.listen(process.env.PORT || 3000);

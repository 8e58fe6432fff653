const express = require('express');
const admin = require('./routes/admin');
const open = require('./routes/open');

const app = express();

app.use('/admin', admin);
app.use('/open', open);

app.listen(3000);

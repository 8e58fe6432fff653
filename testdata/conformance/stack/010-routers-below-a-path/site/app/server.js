const express = require('express');
const orders = require('./routes/orders');
const publicRouter = require('./routes/public');

const app = express();
const api = express.Router();
api.use('/v2', orders);
api.use('/public', publicRouter);
app.use('/api', api);

app.listen(process.env.PORT || 3000);

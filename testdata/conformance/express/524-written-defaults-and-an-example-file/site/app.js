const express = require('express');
const cors = require('cors');
const helmet = require('helmet');
const morgan = require('morgan');
const rateLimit = require('express-rate-limit');
const { corsOptions } = require('./config/corsOptions');
const laneController = require('./controllers/laneController');
const errorHandler = require('./middleware/errorHandler');

const app = express();

app.use(helmet());
app.use(cors(corsOptions));
app.use(express.json());
app.use(express.urlencoded({ extended: true }));
app.use(morgan('dev'));

const limiter = rateLimit({
  windowMs: 15 * 60 * 1000,
  max: 5000,
});
app.use('/api', limiter);

app.route('/api/lanes/:id').get(laneController.getLane).put(laneController.reserveLane);

app.use(errorHandler);

module.exports = app;

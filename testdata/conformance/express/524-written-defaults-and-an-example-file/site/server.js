require('dotenv').config();

const app = require('./app');
const { PORT } = require('./config/constants');

app.listen(PORT, () => {
  console.log(`Pool opens at ${PORT}`);
});

const express = require('express');
const config = require('./config');
const load = require('./loaders');

async function startServer() {
  const app = express();

  await load({ app });

  app
    .listen(config.port, () => {
      console.log(`Reading room is open on port ${config.port}`);
    })
    .on('error', (err) => {
      console.error(err);
      process.exit(1);
    });
}

startServer();

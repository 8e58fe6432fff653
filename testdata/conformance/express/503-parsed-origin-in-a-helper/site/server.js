'use strict';

const http = require('node:http');
const app = require('./app');

const server = http.createServer(app);

server.listen(Number(process.env.PORT ?? 4000), () => {
  console.log('helpdesk is listening', server.address());
});

process.on('SIGTERM', () => server.close());

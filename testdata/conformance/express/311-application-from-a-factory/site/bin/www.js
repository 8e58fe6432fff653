#!/usr/bin/env node
const http = require('http');
const { createApp } = require('../src/app');

const app = createApp({ origins: ['https://toys.example.com'] });
const server = http.createServer(app);

server.listen(process.env.PORT || '3000');
server.on('listening', () => console.log('ready'));

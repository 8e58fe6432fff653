#!/usr/bin/env node
var http = require('http');
var app = require('../app');

var port = process.env.PORT || '3000';
app.set('port', port);

var server = http.createServer(app);
server.listen(port);
server.on('error', function (error) {
  throw error;
});

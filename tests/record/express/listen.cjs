// Loaded before the application (`node --require`): whatever port it asks for, it listens on loopback, on the port that
// is free here. One that only exports its request handler, as serverless platforms want it, is made to listen.
'use strict';

const http = require('node:http');
const net = require('node:net');
const { pathToFileURL } = require('node:url');

const port = Number(process.env.RECORD_PORT);
delete process.env.RECORD_PORT;
const listen = net.Server.prototype.listen;
let listens = false;

net.Server.prototype.listen = function (...given) {
  const [first] = given;
  const wanted = first !== null && typeof first === 'object' ? first.port : first;
  const callback = given.find((argument) => typeof argument === 'function');
  const isPath = typeof wanted === 'string' && Number.isNaN(Number(wanted));
  if (isPath || (first !== null && typeof first === 'object' && first.path)) return listen.apply(this, given);
  // Port 0 is a helper of the application's own, such as a second service that it talks to.
  const isMain = !listens && Number(wanted) !== 0;
  listens ||= isMain;
  const options = { host: '127.0.0.1', port: isMain ? port : Number(wanted) || 0 };
  return listen.call(this, options, ...(callback ? [callback] : []));
};

process.once('beforeExit', async () => {
  if (listens) return;
  const exported = await import(pathToFileURL(process.argv[1]));
  const candidates = [exported, exported.default, exported.default?.default].filter(Boolean);
  const handlers = candidates.flatMap((module) => [module, module.app, module.handler]);
  const handler = handlers.find((candidate) => typeof candidate === 'function');
  if (handler) http.createServer(handler).listen(port);
});

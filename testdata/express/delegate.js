const express = require('express'), cors = require('cors');
const app = express();
const allowlist = new Set((process.env.ALLOWLIST || 'https://a.example.com,https://b.example.com').split(','));
const corsOptionsDelegate = function (req, callback) {
  let corsOptions;
  if (allowlist.has(req.header('Origin'))) corsOptions = { origin: true };
  else corsOptions = { origin: false };
  callback(null, corsOptions);
};
app.get('/products/:id', cors(corsOptionsDelegate), (req, res) => { res.json({}); });
app.use('/admin', cors((req, cb) => cb(null, { origin: req.path.startsWith('/public') ? '*' : [...allowlist] })));
app.use(require('cors')({ origin: (origin, cb) => { try { cb(null, new URL(origin).hostname.endsWith('.example.com')); } catch (e) { cb(e); } } }));

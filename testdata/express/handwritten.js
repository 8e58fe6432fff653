var express = require('express')
  , http = require('http')
  , app = express()

app.all('/*', function(req, res, next) {
  res.header("Access-Control-Allow-Origin", req.headers.origin || "*")
  res.header('Access-Control-Allow-Methods', 'GET,PUT,POST,DELETE')
  res.setHeader('Access-Control-Allow-Headers', 'Content-Type, Authorization')
  if (req.method === 'OPTIONS') return res.sendStatus(204)
  else next()
})

function allowCrossDomain(req, res, next) {
  const allowedOrigins = ['http://127.0.0.1:8020', 'http://localhost:8020'], origin = req.headers['origin']
  if (allowedOrigins.includes(origin)) {
    res.setHeader('Access-Control-Allow-Origin', origin), res.vary('Origin')
  }
  res.append('Vary', 'Accept-Encoding')
  switch (req.method) {
    case 'OPTIONS':
      res.writeHead(204, { 'Access-Control-Max-Age': 600, "Content-Length": 0 })
      res.end()
      break
    case 'HEAD': case 'GET': {
      res.removeHeader('X-Powered-By')
    }
    default:
      next()
  }
}
app.use(allowCrossDomain)

for (var i = 0, n = 3; i < n; i++) app['get']('/' + i, function () { this.done = !0 })
for (var name in app.locals) delete app.locals[name]
outer: while (true) { do { if (i --> 0) continue outer; break outer } while (i >= 0) }
http.createServer(app).listen(process.argv[2] | 0 || 8080)

var domains = ['gazette.example', 'herald.example', 'localhost'];

module.exports = function allowCrossDomain(req, res, next) {
  var origin = req.headers.origin || '';
  var allowed = false;

  for (var i = 0; i < domains.length; i++) {
    if (origin.indexOf(domains[i]) >= 0) {
      allowed = true;
      break;
    }
  }

  res.header('Vary', 'Origin');
  if (allowed) {
    res.header('Access-Control-Allow-Origin', origin);
    res.header('Access-Control-Allow-Credentials', 'true');
    res.header('Access-Control-Allow-Methods', 'GET,PUT,POST,DELETE,OPTIONS');
    res.header('Access-Control-Allow-Headers', 'Content-Type, Authorization, Content-Length, X-Requested-With');
  }

  // intercept OPTIONS method
  if ('OPTIONS' == req.method) {
    res.sendStatus(200);
  } else {
    next();
  }
};

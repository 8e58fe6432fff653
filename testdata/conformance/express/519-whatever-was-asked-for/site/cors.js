// request header: response header
var answers = {
  'origin': 'Access-Control-Allow-Origin',
  'access-control-request-method': 'Access-Control-Allow-Methods',
  'access-control-request-headers': 'Access-Control-Allow-Headers'
};

module.exports = function (req, res, next) {
  var matched = false;

  Object.keys(answers).forEach(function (name) {
    if (req.headers[name]) {
      res.header(answers[name], req.headers[name]);
      matched = true;
    }
  });

  if (matched) {
    res.header('Access-Control-Max-Age', 60 * 60 * 24);
  }

  if (matched && req.method == 'OPTIONS') {
    return res.send(200);
  }

  next();
};

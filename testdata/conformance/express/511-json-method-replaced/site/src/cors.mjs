const ORIGIN = 'https://surf.example.com';

export function preflight(req, res) {
  res.set({
    'Access-Control-Allow-Origin': ORIGIN,
    'Access-Control-Allow-Methods': 'GET, PUT',
    'Access-Control-Allow-Headers': 'Authorization, Content-Type',
    'Access-Control-Max-Age': '7200',
  });
  res.sendStatus(204);
}

export function jsonWithCors(req, res, next) {
  const json = res.json;
  res.json = function (body) {
    this.set('Access-Control-Allow-Origin', ORIGIN);
    return json.call(this, body);
  };
  next();
}

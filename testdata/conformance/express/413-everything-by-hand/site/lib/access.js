class Access {
  constructor(table) {
    this.table = table;
  }

  middleware() {
    return (req, res, next) => this.handle(req, res, next);
  }

  handle(req, res, next) {
    const methods = this.table[req.get('Origin')];
    if (methods) {
      res.set('Access-Control-Allow-Origin', req.get('Origin'));
      res.set('Access-Control-Allow-Methods', methods.join(', '));
      res.vary('Origin');
    }
    if (req.method === 'OPTIONS') {
      return res.sendStatus(204);
    }
    return next();
  }
}

module.exports = Access;

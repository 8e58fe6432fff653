const express = require('express');
const cors = require('cors');
const tenants = require('./tenants');

const app = express();

async function corsOptionsDelegate(req, callback) {
  if (req.path.startsWith('/pages')) {
    return callback(null);
  }
  const origins = await tenants.origins();
  callback(null, { origin: origins, credentials: true, maxAge: 600 });
}

app.use(cors(corsOptionsDelegate));

app.get('/pages/imprint', (req, res) => res.send('<h1>Imprint</h1>'));

app.get('/tenants/:name', async (req, res, next) => {
  try {
    const tenant = await tenants.find(req.params.name);
    if (!tenant) return res.status(404).json({ error: 'unknown tenant' });
    res.json(tenant);
  } catch (error) {
    next(error);
  }
});

app.put('/tenants/:name', (req, res) => res.json({ saved: true }));

app.listen(3000);

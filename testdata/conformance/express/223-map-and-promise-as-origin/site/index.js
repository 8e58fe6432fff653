const express = require('express');
const cors = require('cors');
const { loadOrigins, trustedOrigins } = require('./lib/origins');

const app = express();

// origin → name of the customer, for the audit log
app.use('/api/keys', cors({ origin: trustedOrigins, credentials: true }));
app.use('/api/vaults', cors({ origin: loadOrigins(), credentials: true }));
app.use('/api/seals', cors({ origin: { allow: 'https://vault.example.com' } }));
app.use('/api/locks', cors({ origin: 1 }));
app.use('/api/bolts', cors({ origin: ['https://vault.example.com', (origin) => origin.endsWith('.vault.example.com')] }));
app.use('/api/hinges', cors({ origin: [{ host: 'vault.example.com' }] }));

for (const name of ['keys', 'vaults', 'seals', 'locks', 'bolts', 'hinges']) {
  app.get(`/api/${name}/:id`, (req, res) => {
    if (req.params.id !== '1') return res.status(404).json({ error: 'not found' });
    res.json({ id: 1 });
  });
  app.put(`/api/${name}/:id`, (req, res) => res.sendStatus(204));
}

app.listen(3000);

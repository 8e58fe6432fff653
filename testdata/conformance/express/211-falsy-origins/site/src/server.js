const express = require('express');
const cors = require('cors');

const app = express();

// No browser talks to these. The empty values come from the deployment descriptor.
const descriptor = {
  metrics: { origin: false },
  jobs: { origin: '' },
  queue: { origin: null },
  locks: { origin: 0 },
  health: { origin: undefined },
};

app.use('/internal/metrics', cors(descriptor.metrics));
app.use('/jobs', cors(descriptor.jobs));
app.use('/queue', cors(descriptor.queue));
app.use('/locks', cors({ ...descriptor.locks, credentials: true }));
app.use('/health', cors(descriptor.health));

app.get('/internal/metrics/cpu', (req, res) => res.type('text').send('cpu 0.4\n'));

for (const name of ['jobs', 'queue', 'locks', 'health']) {
  app.get(`/${name}/:id`, (req, res) => res.json({ [name]: req.params.id }));
  app.put(`/${name}/:id`, (req, res) => res.sendStatus(204));
}

app.listen(9090);

import express from 'express';

const allowedHeaders = `Authorization,
  Content-Type,
  X-Requested-With`;

const app = express();

app.use((req, res, next) => {
  res.set({
    'Access-Control-Allow-Origin': '*',
    'Access-Control-Allow-Methods': 'GET, PUT',
    'Access-Control-Allow-Headers': allowedHeaders,
  });
  next();
});

app.get('/api/yarn/:id', (req, res) => res.json({ id: req.params.id }));

app.listen(3000);

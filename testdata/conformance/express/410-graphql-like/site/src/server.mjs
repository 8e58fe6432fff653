import express from 'express';
import cors from 'cors';

const app = express();

/** Everything but reading needs the header that our clients send. */
function clientOnly(req, res, next) {
  if (req.method !== 'GET' && req.get('x-client') !== 'studio') {
    return res.status(403).json({ errors: [{ message: 'unknown client' }] });
  }
  if (req.query.q === 'blocked') {
    return res.status(403).json({ errors: [{ message: 'blocked query' }] });
  }
  return next();
}

app.use('/graphql', clientOnly, cors({ origin: 'https://studio.example.com', credentials: true }), express.json(), (req, res) => {
  res.json({ data: { me: { id: 1 } } });
});

app.listen(4000);

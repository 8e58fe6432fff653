import cors from 'cors';
import express from 'express';
import helmet from 'helmet';
import { limiter, onlyMethods } from './security.js';
import routers from './routers/index.js';
import { connect } from './store.js';

const store = await connect();
const app = express();

app.use(helmet());
app.use(onlyMethods('GET', 'HEAD', 'POST', 'PUT'));
app.use(cors({ origin: 'https://track.example.com', exposedHeaders: ['RateLimit-Remaining'], maxAge: 600 }));
app.use(limiter);
app.use(express.json());

for (const [name, create] of Object.entries(routers)) {
  app.use(`/v2/${name}`, create(store));
}

app.use((error, req, res, next) => {
  if (res.headersSent) return next(error);
  return res.status(500).json({ error: 'lost in the post' });
});

app.listen(process.env.PORT ?? 8000);

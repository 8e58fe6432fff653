import express, { Router } from 'express';
import cors from 'cors';
import * as config from './config.mjs';
import { origins as allowed, default as settings } from './origins.mjs';
import './instrument.mjs';
import rates from './rates.json' with { type: 'json' };

const router = Router();
const { NODE_ENV = 'development', ...environment } = process.env;

export const corsOptions = {
  ...settings.cors,
  origin: NODE_ENV === 'production' ? [...allowed, config.origin] : true,
  methods: ['GET', 'POST'].join(','),
  maxAge: 86_400,
};

router.use(cors(corsOptions));
export default router;
export { allowed as origins, environment };
export * from './handlers.mjs';
export * as handlers from './handlers.mjs';
export { default as rates } from './rates.mjs';

const app = express();
app.use('/api', router);
await new Promise((resolve) => app.listen(3000, resolve));
if (import.meta.main) console.log(new URL('.', import.meta.url), rates);

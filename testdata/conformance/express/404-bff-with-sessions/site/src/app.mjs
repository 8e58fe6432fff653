import express from 'express';
import cors from 'cors';
import cookieParser from 'cookie-parser';
import helmet from 'helmet';
import { noStore } from './cache.mjs';
import profile from './profile.mjs';

const app = express();

app
  .use(helmet())
  .use(cookieParser('secret'))
  .use(cors({ origin: ['https://my.example.com', 'https://beta.my.example.com'], credentials: true }))
  .use(noStore)
  .use('/bff/profile', profile);

app.listen(process.env.PORT || 3000);

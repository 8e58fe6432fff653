import cookieParser from 'cookie-parser';
import cors from 'cors';
import express, { Router } from 'express';
import helmet from 'helmet';
import { accounts } from './areas/accounts';
import { prices } from './areas/prices';
import { webhooks } from './areas/webhooks';
import { firstParty, readOnly } from './policies';

type Area = readonly [mount: string, router: Router, policy?: cors.CorsOptions];

const areas: Area[] = [
  ['/prices/v1', prices, readOnly],
  ['/accounts/v1', accounts, firstParty],
  ['/webhooks', webhooks],
];

const app = express();

app.use(helmet());
app.use(cookieParser());

areas.forEach(([mount, router, policy]) => {
  if (policy) {
    app.use(mount, cors(policy));
  }
  app.use(mount, router);
});

app.listen(Number(process.env.PORT) || 3000);

export default app;

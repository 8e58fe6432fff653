import express = require('express');
import cors = require('cors');
import morgan = require('morgan');
import { corsOptionsFor } from './cors-options';
import { errorHandler } from './error-handler';
import { productsRouter } from './products/products.router';
import { TenantRepository } from './tenants/tenant.repository';

export const buildApp = (tenants: TenantRepository): express.Express => {
  const app = express();

  app.set('trust proxy', 1);
  app.use(morgan('tiny', { skip: () => process.env.NODE_ENV === 'test' }));

  const storefront = express.Router();
  storefront.use(cors(corsOptionsFor(tenants)));
  storefront.use('/products', productsRouter);
  app.use('/storefront', storefront);

  app.use(errorHandler);
  return app;
};

import type { CorsOptions, CorsOptionsDelegate } from 'cors';
import type { Request } from 'express';
import { findCustomer } from './customers.js';

const base: CorsOptions = {
  methods: ['GET', 'PUT'],
  allowedHeaders: ['content-type', 'authorization', 'x-api-key'],
};

/** Every customer calls us from his own pages, which he tells us when he signs up. */
export const corsForCustomer: CorsOptionsDelegate<Request> = (req, callback) => {
  const customer = findCustomer(req.header('x-api-key'));
  callback(null, { ...base, origin: customer ? customer.origins : false });
};

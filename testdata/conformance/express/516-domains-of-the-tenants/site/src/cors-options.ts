import { CorsOptions } from 'cors';
import { ForbiddenOriginError } from './errors';
import { TenantRepository } from './tenants/tenant.repository';

export function corsOptionsFor(tenants: TenantRepository): CorsOptions {
  return {
    credentials: true,
    methods: ['GET', 'POST', 'PUT'],
    origin: (origin, callback) => {
      if (!origin) {
        return callback(null, true);
      }

      return tenants
        .isVerifiedOrigin(origin)
        .then((verified) => (verified ? callback(null, true) : callback(new ForbiddenOriginError(origin))))
        .catch((error) => callback(error));
    },
  };
}

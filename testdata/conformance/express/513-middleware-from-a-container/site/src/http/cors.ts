import type { RequestHandler } from 'express';
import type { Logger } from '../container.js';

export interface CorsPolicy {
  readonly origins: ReadonlySet<string>;
  readonly credentials: boolean;
  readonly maxAgeSeconds: number;
}

const SAFE_METHODS = ['GET', 'HEAD'] as const;
const UNSAFE_METHODS = ['PUT', 'PATCH', 'DELETE'] as const;

const isOrigin = (value: string | undefined): value is string =>
  value !== undefined && URL.canParse(value) && new URL(value).origin === value;

export function createCors(policy: CorsPolicy, logger: Logger): RequestHandler {
  const methods = [...SAFE_METHODS, ...UNSAFE_METHODS].join(', ');

  return (req, res, next) => {
    const { origin, 'access-control-request-method': requested } = req.headers;
    res.append('Vary', 'Origin');

    if (!isOrigin(origin) || !policy.origins.has(origin)) {
      if (origin) logger.warn(`refused ${origin}`);
      return next();
    }

    res.setHeader('Access-Control-Allow-Origin', origin);
    if (policy.credentials) res.setHeader('Access-Control-Allow-Credentials', 'true');

    if (req.method !== 'OPTIONS' || requested === undefined) return next();

    res.append('Vary', 'Access-Control-Request-Headers');
    res.setHeader('Access-Control-Allow-Methods', methods);
    const headers = req.get('Access-Control-Request-Headers');
    if (headers) res.setHeader('Access-Control-Allow-Headers', headers);
    res.setHeader('Access-Control-Max-Age', policy.maxAgeSeconds);
    res.status(204).end();
  };
}

import { NextFunction, Request, Response } from 'express';

const ALLOWED_ORIGINS: string[] = ['https://rider.example.com', 'https://driver.example.com'];

export class CorsMiddleware {
  private static readonly METHODS = 'GET,POST,PUT,DELETE,OPTIONS';
  private static readonly HEADERS = 'Content-Type, Authorization, X-Requested-With';

  static handle(req: Request, res: Response, next: NextFunction): void {
    const requestOrigin = req.headers.origin as string;
    const origin = ALLOWED_ORIGINS.includes(requestOrigin) ? requestOrigin : ALLOWED_ORIGINS[0];

    res.setHeader('Access-Control-Allow-Origin', origin);
    res.setHeader('Access-Control-Allow-Methods', CorsMiddleware.METHODS);
    res.setHeader('Access-Control-Allow-Headers', CorsMiddleware.HEADERS);
    res.setHeader('Access-Control-Allow-Credentials', 'true');

    if (req.method === 'OPTIONS') {
      res.status(200).end();
      return;
    }

    next();
  }
}

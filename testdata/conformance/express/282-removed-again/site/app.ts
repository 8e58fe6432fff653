import express, { NextFunction, Request, Response } from 'express';
import cors from 'cors';

const app = express();
app.use(cors({ origin: 'https://me.example.com' }));

const hideFromBrowsers = (_req: Request, res: Response, next: NextFunction) => {
  res.removeHeader('Access-Control-Allow-Origin');
  next();
};

app.use('/api/private', hideFromBrowsers);

for (const area of ['private', 'public'] as const) {
  app.get(`/api/${area}/:id`, (req, res) => {
    if (req.params.id !== '1') {
      res.status(404).json({ error: 'not here' });
      return;
    }
    res.json({ area });
  });
  app.put(`/api/${area}/:id`, (_req, res) => void res.sendStatus(204));
}

app.listen(3000);

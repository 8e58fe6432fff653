import { Router, type Request, type Response } from 'express';
import type { Routes } from '../interfaces/routes.interface';

export class IndexRoute implements Routes {
  public path = '/';
  public router = Router();

  constructor() {
    this.router.get(this.path, this.index);
  }

  private index = (_req: Request, res: Response): void => {
    res.sendStatus(200);
  };
}

import express, { type Express, type Request, type Response } from 'express';
import cors from 'cors';

type OriginResult = (error: Error | null, allow?: boolean) => void;

export class HttpServer<T extends { id: number }> {
  readonly #app: Express = express();
  readonly #pattern = /^https:\/\/app.bikes.example$/;
  readonly #items: T[] = [{ id: 1 } as T];

  constructor(private readonly prefix: string) {
    this.#app.use(cors({ origin: this.checkOrigin, credentials: true }));
    this.#routes();
  }

  private checkOrigin = (origin: string | undefined, done: OriginResult): void => {
    if (!origin) return done(null, true);
    this.#pattern.test(origin) ? done(null, true) : done(new Error('origin refused'));
  };

  #routes(): void {
    this.#app.get(`${this.prefix}/bikes/:id`, (req: Request, res: Response) => {
      const id = Number(req.params.id);
      if (id === 0) throw new Error('flat tyre');
      const item = this.#items.find((candidate) => candidate.id === id);
      if (!item) return void res.status(404).json({ error: 'stolen' });
      res.json(item);
    });
    this.#app.put(`${this.prefix}/bikes/:id`, (_req, res) => void res.sendStatus(204));
  }

  start(port: number): void {
    this.#app.listen(port, () => console.info(`listening on ${port}`));
  }
}

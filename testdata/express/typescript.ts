import express, { type Express, type Request, type Response, NextFunction } from "express";
import type { CorsOptions, CorsOptionsDelegate } from "cors";
import cors from "cors";

type Environment = "development" | "production";
interface Settings<T extends Environment = Environment> {
  readonly origins: readonly string[];
  environment: T;
  [key: string]: unknown;
}

const settings = {
  origins: (process.env.CORS_ORIGINS ?? "").split(",").map((origin) => origin.trim()).filter(Boolean),
  environment: process.env.NODE_ENV as Environment,
} satisfies Settings;

const METHODS = ["GET", "PUT"] as const;

function assertOrigin(value: unknown): asserts value is string {
  if (typeof value !== "string") throw new TypeError("origin");
}

const options: CorsOptions = {
  origin(origin: string | undefined, callback: (err: Error | null, allow?: boolean) => void): void {
    if (!origin || settings.origins.includes(origin!)) return callback(null, true);
    callback(null, false);
  },
  methods: [...METHODS],
  credentials: <boolean>true,
};

const delegate: CorsOptionsDelegate<Request> = (req, callback) => {
  const origin = req.header("Origin") as string | undefined;
  callback(null, { origin: settings.origins.indexOf(origin as string) !== -1 });
};

export function create<T extends Settings>(_settings: T, app: Express = express()): Express {
  app.use(cors<Request>(options));
  app.get("/x", cors(delegate), async (req: Request<{ id: string }>, res: Response): Promise<void> => {
    res.status(200).json({ id: req.params.id, map: new Map<string, number[]>() });
  });
  app.use((err: Error & { status?: number }, _req: Request, res: Response, _next: NextFunction) => {
    res.status(err.status ?? 500).json({ error: err.message });
  });
  return app;
}

declare global {
  namespace Express {
    interface Request { user?: { id: string } }
  }
}

export type { Settings };
export enum Mode { Strict = "strict", Loose = "loose", Count = 1 << 2 }
export const enum Flags { None, Some = 0x10 }
export abstract class Base<T> { protected abstract run(value: T): void; constructor(private readonly app: Express, public name?: string) {} }

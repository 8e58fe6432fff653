import cors from 'cors';
import type { Express } from 'express';

interface Settings {
  origins?: string[];
  credentials?: boolean;
}

export function setupCors(app: Express, { origins = [], credentials = true }: Settings = {}): void {
  const origin = origins.length > 0 ? origins : true;
  app.use(cors({ origin, credentials }));
}

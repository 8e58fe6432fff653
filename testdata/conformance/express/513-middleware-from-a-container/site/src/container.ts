import type { CorsPolicy } from './http/cors.js';
import { Cookbook } from './recipes/cookbook.js';

export interface Logger {
  info(message: string): void;
  warn(message: string): void;
}

export interface Container {
  readonly logger: Logger;
  readonly cookbook: Cookbook;
  readonly cors: CorsPolicy;
}

export function createContainer(overrides: Partial<Container> = {}): Container {
  return {
    logger: console,
    cookbook: new Cookbook([{ id: 1, name: 'Ratatouille', minutes: 70 }]),
    cors: {
      origins: new Set(['https://cook.example.com', 'https://staging.cook.example.com']),
      credentials: true,
      maxAgeSeconds: 600,
    },
    ...overrides,
  };
}

import type { CorsOptions } from 'cors';
import { partners } from './partners';

const previews = /^https:\/\/pr-\d+\.cook-preview\.example\.com$/;

export const corsOptions: CorsOptions = {
  origin: ['https://cook.example.com', previews, partners as unknown as string],
  credentials: true,
  maxAge: 7200,
};

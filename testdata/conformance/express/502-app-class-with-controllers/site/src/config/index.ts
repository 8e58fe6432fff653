import { config } from 'dotenv';

config({ quiet: true });

export const CREDENTIALS = process.env.CREDENTIALS === 'true';
export const { NODE_ENV, PORT, LOG_FORMAT, ORIGIN } = process.env;

import { CorsOptions } from '@nestjs/common/interfaces/external/cors-options.interface';

const ALLOWED = ['https://desk.example.com', 'https://admin.desk.example.com'] as const;

export const corsOptions: CorsOptions = {
  origin: (requestOrigin: string, callback: (err: Error | null, origin?: boolean) => void) => {
    callback(null, (ALLOWED as readonly string[]).includes(requestOrigin));
  },
  credentials: true,
};

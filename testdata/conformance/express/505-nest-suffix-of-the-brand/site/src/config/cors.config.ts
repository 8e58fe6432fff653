import type { CorsOptions } from '@nestjs/common/interfaces/external/cors-options.interface';

export const corsConfig: CorsOptions = {
  origin: ['https://www.kettle.example', 'http://localhost:4200', /kettle\.example$/],
  methods: 'GET,HEAD,PUT,PATCH,POST,DELETE',
  credentials: true,
};

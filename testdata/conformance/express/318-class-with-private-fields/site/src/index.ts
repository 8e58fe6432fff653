import { HttpServer } from './http-server';

new HttpServer<{ id: number }>('/v1').start(3000);

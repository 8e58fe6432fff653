import 'reflect-metadata';
import { NestFactory } from '@nestjs/core';
import { AppModule } from './app.module';

async function bootstrap(): Promise<void> {
  const app = await NestFactory.create(AppModule, { cors: true, logger: ['error'] });
  app.setGlobalPrefix('');
  await app.listen(3000);
}

void bootstrap();

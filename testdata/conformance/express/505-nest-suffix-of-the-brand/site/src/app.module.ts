import { Module } from '@nestjs/common';
import { HealthController } from './health/health.controller';
import { KettlesModule } from './kettles/kettles.module';

@Module({
  imports: [KettlesModule],
  controllers: [HealthController],
})
export class AppModule {}

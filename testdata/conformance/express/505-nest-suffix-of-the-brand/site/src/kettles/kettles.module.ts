import { Module } from '@nestjs/common';
import { KettlesController } from './kettles.controller';
import { KettlesService } from './kettles.service';

@Module({
  controllers: [KettlesController],
  providers: [{ provide: 'KETTLES', useClass: KettlesService }],
})
export class KettlesModule {}

import 'reflect-metadata';
import { Controller, Get, Module, NotFoundException, Param, Put } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { corsOptions } from './cors.config';

@Controller('orders')
class OrdersController {
  @Get(':id')
  find(@Param('id') id: string): { id: number } {
    if (id !== '1') {
      throw new NotFoundException('no such order');
    }
    return { id: 1 };
  }

  @Put(':id')
  save(): void {}
}

@Module({ controllers: [OrdersController] })
class AppModule {}

NestFactory.create(AppModule, { cors: corsOptions, logger: false }).then((app) => app.listen(3000));

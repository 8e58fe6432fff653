import { Controller, Get, Inject, Param, ParseIntPipe, Put } from '@nestjs/common';
import { KettlesService } from './kettles.service';

@Controller('kettles')
export class KettlesController {
  constructor(@Inject('KETTLES') private readonly kettles: KettlesService) {}

  @Get(':id')
  findOne(@Param('id', ParseIntPipe) id: number) {
    return this.kettles.findOne(id);
  }

  @Put(':id')
  boil(@Param('id', ParseIntPipe) id: number) {
    return { id, boiling: true };
  }
}

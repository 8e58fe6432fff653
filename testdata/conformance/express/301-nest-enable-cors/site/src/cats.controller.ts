import { Controller, Get, HttpCode, NotFoundException, Param, Put } from '@nestjs/common';

@Controller('cats')
export class CatsController {
  @Get(':id')
  find(@Param('id') id: string) {
    if (id === '0') throw new Error('the cat is out');
    if (id !== '1') throw new NotFoundException();
    return { id: 1, name: 'Tom' };
  }

  @Put(':id')
  @HttpCode(204)
  update() {}
}

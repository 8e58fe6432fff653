import { Body, Controller, Get, NotFoundException, Param, ParseIntPipe, Put } from '@nestjs/common';

interface Cat {
  id: number;
  name: string;
}

@Controller('cats')
export class CatsController {
  private readonly cats: Cat[] = [{ id: 1, name: 'Mrs Norris' }];

  @Get(':id')
  findOne(@Param('id', ParseIntPipe) id: number): Cat {
    if (id === 0) {
      throw new Error('out of the bag');
    }
    const cat = this.cats.find((candidate) => candidate.id === id);
    if (!cat) {
      throw new NotFoundException();
    }
    return cat;
  }

  @Put(':id')
  update(@Param('id', ParseIntPipe) id: number, @Body() cat: Partial<Cat>): Cat {
    return { name: 'Unnamed', ...cat, id };
  }
}

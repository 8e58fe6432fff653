import { Injectable, NotFoundException } from '@nestjs/common';
import { OutOfWaterError } from '../common/out-of-water.error';

@Injectable()
export class KettlesService {
  private readonly kettles = [{ id: 1, litres: 1.7 }];

  findOne(id: number) {
    if (id === 0) throw new OutOfWaterError('fill me first');
    const kettle = this.kettles.find((candidate) => candidate.id === id);
    if (!kettle) throw new NotFoundException(`Kettle ${id} not found`);
    return kettle;
  }
}

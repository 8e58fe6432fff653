import { ArgumentsHost, Catch, ExceptionFilter } from '@nestjs/common';
import type { Response } from 'express';
import { OutOfWaterError } from './out-of-water.error';

@Catch(OutOfWaterError)
export class OutOfWaterFilter implements ExceptionFilter {
  catch(exception: OutOfWaterError, host: ArgumentsHost) {
    const response = host.switchToHttp().getResponse<Response>();
    response.status(503).json({ statusCode: 503, message: exception.message });
  }
}

import { NestFactory } from '@nestjs/core';
import { Body, Controller, Get, Header, Injectable, Param, Post, Module } from '@nestjs/common';
import { ConfigService } from '@nestjs/config';

@Injectable()
export class CatsService {
  private readonly cats: Array<{ name: string }> = [];
  static #instances = 0;
  static { CatsService.#instances += 1; }
  constructor(private config: ConfigService, @Inject('CATS') protected readonly seed?: string[]) {}
  get count(): number { return this.cats.length; }
  set first(name: string) { this.cats[0] = { name }; }
  async *names(): AsyncGenerator<string> { for await (const { name } of this.cats) yield name; }
  find<T extends string>(id: T): Promise<T | null>;
  find(id: string) { return Promise.resolve(id ?? null); }
}

@Controller('cats')
class CatsController {
  constructor(private readonly cats: CatsService) {}

  @Get(':id')
  @Header('Access-Control-Allow-Origin', '*')
  one(@Param('id') id: string) { return this.cats.find(id); }

  @Post() create(@Body() body: Record<string, unknown>): void { void body; }
}

@Module({ controllers: [CatsController], providers: [CatsService] })
export class AppModule {}

async function bootstrap(): Promise<void> {
  const app = await NestFactory.create<NestExpressApplication>(AppModule, { cors: true });
  const config = app.get(ConfigService);
  app.enableCors({
    origin: config.get<string>('ORIGINS')?.split(',') ?? /^https:\/\/[a-z-]+\.example\.com$/i,
    methods: 'GET,HEAD,PUT,PATCH,POST,DELETE',
    credentials: true,
  });
  await app.listen(+process.env.PORT! || 3000);
}
void bootstrap();

import { Controller, Get, UseInterceptors } from "./framework";
const meta = { origin: ["https://a.example.com"] };
@(Controller as any)("/x") @UseInterceptors(class { })
class A {
  @Get() @meta.decorate({ cors: meta }) async get(@Query("a") a?: string, @Body(new Pipe({ strict: true })) b = 1): Promise<string> { return `${a}${b}`; }
  @Input() name: string; @Output() readonly changed = new EventEmitter<string>();
  @HostListener('window:resize', ['$event'])
  onResize(event) { this.res.header('Access-Control-Allow-Origin', '*') }
  accessor x = 1; declare y: string; private async z() {} static readonly w = <const>["a"]; constructor(); constructor(public q?: number) { }
}
export @Controller() class B { }
@Controller() export default class C extends mixin(A, B)<string> implements D, E<F> { }

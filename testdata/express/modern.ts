import cors = require("cors");
import path = Utils.Path;
export import Other = Utils.Other;
namespace Utils.Inner { export const value = 1; export namespace Path { export type T = string } }
abstract class Shape { abstract area(): number; abstract readonly name: string; declare size: number; override toString?(): string }
type Unwrap<T> = T extends Promise<infer U extends object> ? U extends (...args: any[]) => infer R ? R : U : T extends readonly (infer E)[] ? E : never;
type Keys = { readonly [K in keyof Shape as `get${Capitalize<K & string>}`]?: () => Shape[K] } & { -readonly [X in Keys as string]-?: -1 | `a${string}` };
type Ctor = abstract new (...args: never[]) => unknown; type Pred = (x: unknown) => x is string; let u: unique symbol; let fn: typeof import("cors").default;
const a = <const T extends readonly unknown[]>(x: T): T => x, b = a<[1, 2]>([1, 2]), c = (a as any)!.b![0]!.c!(), d = a satisfies unknown as typeof a;
const e = c < 1 && d > (2 as number), f = new Set<string>, g = async <T>(x: T): Promise<T> => x, h = (x?: number, ...y: string[]): ((z: number) => void) => () => {};
let i: string | undefined = undefined, j!: number, k: { a(): void; b?: (x: number) => string; new (x: string): Date; (y: number): void; get z(): number };
function overload(x: string): string;
function overload(x: number): number;
function overload(this: Window, x: any) { return x as string | number; }
let l = e ? (x: number): string => String(x) : null, m = e ? (b) : (c), n = e ? (b, c) : d, o = e ? () => b : c;
for (const [key, value] of Object.entries<string>({})) { const x = <string>key; if (x < value) void 0; }
const p = { async *q<T>(x: T) { yield x; }, get r(): number { return 1; }, set r(v: number) {}, s<T>(this: unknown): void {}, t: <T>(x: T) => x } as const;
export = cors({ origin: (origin: string | undefined, cb: (e: Error | null, ok?: boolean) => void) => cb(null, !origin || /\.example\.com$/.test(origin)) } satisfies cors.CorsOptions);

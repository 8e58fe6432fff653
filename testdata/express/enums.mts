import { readFile } from 'node:fs/promises';
import type Default from './types.mjs'; import type { Inline } from './types.mjs';
import Value, { type Other, also } from './values.mjs';
import type from './type.mjs';
import { type as kind, type as as, as as other } from './names.mjs';
enum Origin { App = 'https://app.example.com', Admin = `https://admin.example.com`, Port = 8080, Next, 'quoted-key' = 5 }
declare enum Ambient { A }
declare module 'x' { export function y(): void }
declare function z(a: string): number;
declare const g: { (x: number): string };
declare class H { i(): void; j: number }
export declare const k: number;
export default interface Options { cors?: boolean }
export type { Inline, Default }; export type * from './all.mjs';
export const origins = [Origin.App, Origin['Admin']] as const satisfies readonly Origin[], text = await readFile('a', 'utf8');
export { type Other, Value, also, type, kind, as, other };
using resource = open(); const t = type, as_ = type as unknown as string; await using r = open2();
type = 1; type
T = 2

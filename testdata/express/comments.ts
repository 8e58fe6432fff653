#!/usr/bin/env ts-node
/// <reference types="node" />
/**
 * app.use(cors()) in a comment, and `a template` or a /regex/.
 */
import cors from 'cors'; // trailing
/* one */ /* two */ const a /* three */ = /* four */ 1; /* five
six */ const b = 2
// corslint: ignore[wildcard-origin] public data
export const open = cors({ /* nothing */ });
const c = a /* not a regex */ / b; // 1 / 2
const d = [ // first
  1, /* second */ 2, // third
];
function f(/* none */) { /* empty */ }
f(/* none */); export { c as /* e */ e, d };

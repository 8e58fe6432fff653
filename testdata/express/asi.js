const cors = require('cors')
const app = require('express')()

let a = 1
let b = a
++b
;[1, 2].forEach(n => app.use(n))
;(function () { app.use(cors()) })()

const f = function () {
  return
  { cors }
}

var c = a
  + b
  , d = c
  ? a
  : b

do a--; while (a > 0) b++
if (a) b; else c
x: for (;;) { break x }
const get = 1, set = 2, of = 3, async = 4, type = 5, from = 6, as = 7, let_ = 8
const object = { get, set, of, async, type, from, as, get get() { return 1 }, set set(v) {}, async async() {}, *gen() { yield
1 }, async *both() { yield* this.gen() }, get: 1, set: 2, async: 3, static: 4, new: 5, typeof: 6 }
object.if.class.new = object?.delete?.[0]?.(1)
throw new Error

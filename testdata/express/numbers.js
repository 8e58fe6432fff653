const cors = require('cors')
const n = [0, 1., .5, 1e3, 1E-3, 0xFF, 0b101, 0o17, 1_000_000, 10n, 0x1Fn, 1..toString(), 5..toFixed(), 0.1.toFixed(1)]
let i = 1 + +1 - -1 - --n[0], j = i++ + ++i, k = ~i ^ j & 7 | 1 << 2 >> 1 >>> 0, l = 2 ** 3 ** 2, m = !!i && !(j >= k) || i <= j
i += 1; i -= 1; i *= 2; i /= 2; i %= 2; i **= 2; i <<= 1; i >>= 1; i >>>= 1; i &= 1; i |= 1; i ^= 1; i &&= 1; i ||= 1; i ??= 1
const o = i > j ? i >> 1 : j >= 2 ? 1 : 0, p = 'a' in {} , q = [] instanceof Array, r = (1, 2, i), s = void 0, u = i?.5:1
cors({ maxAge: 60 * 60 * 24, optionsSuccessStatus: 2e2 })

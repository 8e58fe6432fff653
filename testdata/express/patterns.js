const cors = require('cors');
const { a, b: { c = 1, ...d }, ['e' + a]: e, 'f-g': f, 7: g } = require('./config');
let [h, , i = 2, ...[j, k]] = [1, 2, 3];
({ a: h, b: i.x, ...j } = k), [h, i] = [i, h], [k.l, [k['m']] = []] = [];
for (const { n, o = n } of [{}]) for (h of []) for ({ a: i } of []) for ([k.p] in {}) ;
for (let q = 0, r; q < 1; q++, r--) { }
for (var s = ('x' in {}) ? 1 : 2; ;) break;
function t({ u, v: [w] = [] } = {}, x = u ?? w, ...{ length }) { return [x, length]; }
const y = ({ origin }, [z]) => ({ origin, z }), aa = async ({ b }) => await b, ab = async x => x;
try { t() } catch ({ message }) { y(message) } finally { aa() }
try { t() } catch { ab() }
cors(((o) => ({ origin: o }))(a, e, f, g, c, d));

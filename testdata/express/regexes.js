const cors = require('cors');
const a = 8, b = 2, g = 1, x = { y: 4 }, list = [1];
const quotient = a / b / g, rest = a /b/ g;
const patterns = [/example\.com$/, /^https?:\/\/(?:[^/]+\.)?example\.com(:\d+)?$/i, /[/\]"'`]/g, /\//, /=/];
if (a) /if/.test('if') && list.push(1);
while (g > 2) /while/g.exec('while');
const f = (v) => /=>/.test(v), h = x.y / b, i = list[0] / b, j = (a + b) / 2, k = a++ / b;
let t = `${a / b} ${/}/.test('}') ? `${'`'}` : "`"}` + typeof /x/ + !/y/.test('y');
function division() { return /return/ }
label: { /block/.test('') }
t = a ? /b/ : /c/;
t /= 2;
t = {} / 1;
x.return / 2;
cors({ origin: [/\.example\.com$/, /^http:\/\/localhost:\d{4,5}$/u] });

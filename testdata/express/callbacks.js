import cors from 'cors'
const list = ['https://a.example.com'], map = new Map([['a', 1]])
const options = [
  { origin: (o, cb) => cb(null, list.includes(o)) },
  { origin: (o, cb) => { if (!o) { return cb(null, true) } const { hostname } = new URL(o); return hostname === 'example.com' || hostname.endsWith('.example.com') ? cb(null, o) : cb(new Error(`Origin ${o} is not allowed`), false) } },
  { origin(o, cb) { for (const a of list) if (a === o) return cb(null, true); cb(null, false) } },
  { origin: async function (o, cb) { const found = await Promise.resolve(list.find((a) => o?.startsWith(a))); found ? cb(null, true) : cb(null, false) } },
  { origin: (o, cb) => { switch (true) { case !o: case /^https:/.test(o): cb(null, true); break; default: { cb(null, false) } } } },
  { origin: function check(o, cb) { let i = 0; while (i < list.length) { if (list[i++] == o) { cb(null, true); return } } cb(null, map.has(o)) } },
  { origin: (o, cb) => (o && o.match(/example\.(com|org)$/) !== null ? cb : cb.bind(null))(null, true) },
]
export default options.map(o => cors(o))

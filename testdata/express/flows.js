import cors from "cors"
export const handler = async function* ({ signal }) {
  const results = await Promise.allSettled([import('./a.js'), import(`./${signal}.js`)])
  for await (const { value: { default: module } = {} } of results) yield* module?.() ?? []
  const x = yield, y = yield signal, [z] = yield [x, y]
  return z
}
export async function main() { await handler({}).next(), await (await cors)({ origin: "https://example.com" }) }
export let counter = 0, increment = () => counter++
export class Thing { static make = () => new Thing }
export { main as default, main as "quoted name" }
const await_ = async () => { for (const f of [async () => 1, async x => x, async (a, b) => { }]) await f() }
if (counter) { } else if (increment) ; else { while (counter--) ; }

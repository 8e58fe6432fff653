const cors = require('cors');
class Server extends (require('events')).EventEmitter {
  #app = null; static instance; count = 0
  'quoted' = 1; 42 = 2; [Symbol.iterator]() { return this[Symbol.iterator]() }
  static async = 1
  get
  static() { return 1 }
  constructor(app, { origin = '*' } = {}) { super(); this.#app = app; new.target; this.origin = origin }
  get app() { return this.#app } set app(value) { if (#app in this) this.#app = value }
  static async *create() { yield new this() }
  middleware() { return this.#app.use(cors({ origin: this.origin, credentials: true })), super.on }
  async start() { try { await this.#app?.listen?.(3000) } finally { this.count++ } }
}
const Anonymous = class { }, Named = class Inner extends Server { };
module.exports = { Server, Anonymous, Named };

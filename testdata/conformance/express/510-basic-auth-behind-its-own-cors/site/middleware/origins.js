const cors = require('cors')

const known = Object.assign(Object.create(null), {
  'https://ops.example.com': 'operations',
  'http://localhost:8081': 'somebody at home'
})

const onlyKnown = cors({
  origin (origin, done) {
    if (!origin || known[origin]) return done(null, true)
    const error = new Error(`${origin} has no business here`)
    error.status = 403
    done(error)
  },
  credentials: true,
  allowedHeaders: ['Authorization', 'Content-Type']
})

const anybody = cors({ methods: ['GET'] })

module.exports = { anybody, onlyKnown }

const { Router } = require('express')
const cors = require('cors')
const router = Router({ mergeParams: true })
const only = (...methods) => cors({ methods, origin: /^https:\/\/([a-z0-9-]+\.)*example\.com$/ })

router.route('/a').all(cors()).get((req, res) => res.json(1)).post(only('POST'), async (req, res, next) => {
  try { res.status(201).json(await req.app.locals.db.insert(req.body)) } catch (error) { next(error) }
})
router.options('/{*splat}', cors({ preflightContinue: true }), (_, res) => void res.sendStatus(200))
router.use((req, res, next) => {
  const origin = req.get('origin')
  const ok = origin && ['https://a.example.com'].some(o => o.toLowerCase() === origin.toLowerCase())
  ok ? res.set({ 'Access-Control-Allow-Origin': origin, Vary: 'Origin' }) : res.removeHeader('Access-Control-Allow-Origin')
  ok && next() || next('route')
})
router.use((err, req, res, next) => (res.headersSent ? next(err) : res.status(err.status || 500).send({ error: err.message })))
module.exports = router, module.exports.only = only

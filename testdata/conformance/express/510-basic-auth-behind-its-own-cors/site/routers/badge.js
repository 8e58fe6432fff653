const { Router } = require('express')
const { anybody } = require('../middleware/origins')

const router = Router()

router.use(anybody)

router.get('/:branch', (req, res) => {
  if (req.params.branch !== 'main') return res.status(404).type('svg').send('<svg/>')
  res.type('svg').send('<svg xmlns="http://www.w3.org/2000/svg"><text>passing</text></svg>')
})

module.exports = router

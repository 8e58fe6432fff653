const { Router } = require('express')
const login = require('../middleware/login')
const { onlyKnown } = require('../middleware/origins')

const router = Router()

router.use(onlyKnown, login)

router.get('/:id', (req, res) => {
  if (req.params.id === '0') throw new Error('rolled back')
  if (req.params.id !== '1') return res.status(404).json({ error: 'never deployed' })
  res.json({ id: 1, commit: 'c0ffee' })
})

router.put('/:id', (req, res) => res.status(202).json({ queued: true }))

module.exports = router

const express = require('express')
const badge = require('./routers/badge')
const deploys = require('./routers/deploys')

const app = express()

app.set('etag', false)
app.use('/badge', badge)
app.use('/ops/deploys', deploys)

app.listen(process.env.PORT || 3000, () => console.log('deploy board is up'))

var express = require('express')
var cors = require('cors')

var app = express()

var corsOptions = {
  origin: 'https://garden.example.com',
  methods: 'GET,HEAD,PUT,PATCH,POST,DELETE',
  preflightContinue: true,
  optionsSuccessStatus: 204
}

app.use(cors(corsOptions))

app.get('/api/seeds/:id', function (req, res) {
  if (req.params.id !== '1') return res.status(404).json({ error: 'eaten' })
  res.json({ id: 1, name: 'carrot' })
})

app.put('/api/seeds/:id', function (req, res) {
  res.sendStatus(204)
})

app.post('/api/soil', function (req, res) {
  res.sendStatus(201)
})

app.listen(3000)

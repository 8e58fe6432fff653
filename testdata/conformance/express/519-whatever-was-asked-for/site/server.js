var express = require('express'),
    cors = require('./cors'),
    songs = require('./songs');

var app = express();

app.use(cors);

app.get('/songs/:id', songs.show);
app.put('/songs/:id', songs.update);

app.listen(process.env.PORT || 5000);

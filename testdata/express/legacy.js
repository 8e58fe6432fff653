var express = require("express"), bodyParser = require("body-parser"), cors = require("cors")
var app = express()
app.configure && app.configure(function(){ app.use(express.methodOverride()); })
app.use(bodyParser.urlencoded({ extended : true }))
app.use(function(req,res,next){res.header("Access-Control-Allow-Origin","*");res.header("Access-Control-Allow-Headers","X-Requested-With");next()})
var octal = 0755, undef, let = 1, yield_ = 2
let = 2
app.get("/jsonp", function (req, res) { res.jsonp({ ok : true }) ; return void 0; })
if (!module.parent) { app.listen(3000); console.log("up") } else exports = module.exports = app;
with_ = function() { return arguments.length ; }
var s = "a\
b", r = /[\]/]/.source, u = "\u2028", t = a ? b : c ? d : e, a, b, c, d, e

const cors = require("cors");

const a = `x
y`;
// one
app.use(cors({
  origin: "*" // two
}));
if (a)
  b();

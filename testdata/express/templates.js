const cors = require("cors"), scheme = 'https', hosts = ["a", "b"];
const origin = `${scheme}://${hosts[0]}.example.com`;
const nested = `a${`b${`c${{ d: `e` }.d}f`}g`}h`;
const lines = `first
second \` \${not} $ {x} $` + String.raw`C:\new\${hosts.length}\t`;
const tagged = gql`query { a(b: ${(() => { return `}` })()}) }`;
const escaped = '\x41\u0042\u{43}\'\
continued' + "\0\b\t\n\v\f\r\"";
const braces = `${hosts.map((host) => { if (host) { return `{${host}}`; } return '}'; }).join(`, `)}`;
module.exports = cors({ origin: [origin, `${scheme}://${hosts[1]}`], exposedHeaders: `X-A` });

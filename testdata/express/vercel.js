const microCors = require('micro-cors'), cors = microCors({ allowMethods: ['GET', 'POST'] });
const headers = { 'Access-Control-Allow-Origin': '*', 'Access-Control-Allow-Headers': 'Content-Type' };

exports.handler = async (event, context) => {
  if (event.httpMethod === "OPTIONS") return { statusCode: 204, headers };
  const { name = "World" } = event.queryStringParameters || {};
  return { statusCode: 200, headers: { ...headers, Vary: 'Origin' }, body: JSON.stringify({ hello: name, at: +new Date() }) };
};
module.exports = cors((req, res) => { res.setHeader("Access-Control-Allow-Origin", "*"); res.end("ok") });
addEventListener("fetch", (event) => { event.respondWith(new Response(null, { headers: new Headers({ "Access-Control-Allow-Origin": "*" }) })) });

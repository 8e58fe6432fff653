const express = require('express');

const app = express();

const JSON_HEADERS = { 'Content-Type': 'application/json' };
const CORS_JSON = { ...JSON_HEADERS, 'Access-Control-Allow-Origin': '*' };

app.options('/raw/:id', (req, res) => {
  res.writeHead(204, {
    'Access-Control-Allow-Origin': '*',
    'Access-Control-Allow-Methods': 'GET, PUT',
    'Access-Control-Allow-Headers': 'Authorization, Content-Type',
    'Access-Control-Max-Age': 3600,
  });
  res.end();
});

app.get('/raw/:id', (req, res) => {
  if (req.params.id === '0') throw new Error('raw');
  if (req.params.id !== '1') {
    res.writeHead(404, JSON_HEADERS);
    return res.end('{"error":"not found"}');
  }
  res.writeHead(200, CORS_JSON);
  res.end('{"id":1}');
});

app.put('/raw/:id', (req, res) => {
  res.writeHead(200, CORS_JSON);
  res.end('{}');
});

app.listen(3000);

const express = require('express');

const corsHeaders = {
  'Access-Control-Allow-Origin': '*',
  'Access-Control-Allow-Headers': 'authorization, x-client-info, apikey, content-type',
  'Access-Control-Allow-Methods': 'GET, POST, PUT, OPTIONS',
};

const app = express();

function price(n) {
  if (n === 0) throw new Error('division by zero');
  return 100 / n;
}

app.all('/fn/quote', (req, res) => {
  if (req.method === 'OPTIONS') {
    return res.set(corsHeaders).send('ok');
  }
  const n = Number(req.query.n);
  if (Number.isNaN(n)) {
    return res.status(400).set({ ...corsHeaders, 'Cache-Control': 'no-store' }).json({ error: 'n must be a number' });
  }
  try {
    const value = price(n);
    return res.set({ ...corsHeaders, 'Content-Type': 'application/json' }).send(JSON.stringify({ value }));
  } catch (error) {
    return res.status(500).json({ error: error.message });
  }
});

app.listen(process.env.PORT || 8080);

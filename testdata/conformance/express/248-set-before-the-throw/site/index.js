const express = require('express');

const app = express();

app.get('/export/:id', (req, res) => {
  res.set('Access-Control-Allow-Origin', '*');
  if (req.params.id === '0') {
    throw new Error('nothing to export');
  }
  res.type('csv').send('id,name\n1,first\n');
});

app.get('/import/:id', (req, res) => {
  if (req.params.id === '0') {
    throw new Error('nothing to import');
  }
  res.header('Access-Control-Allow-Origin', '*');
  res.json({ imported: 1 });
});

app.listen(3000);

const express = require('express');
const path = require('path');

const app = express();

const options = {
  fallthrough: false,
  setHeaders: (res, file) => {
    if (file.endsWith('.gltf')) res.set('Access-Control-Allow-Origin', '*');
  },
};

app.use('/models', express.static(path.join(__dirname, 'models'), options));

app.listen(3000);

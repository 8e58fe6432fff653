import express from 'express';
import embed from './embed/index.mjs';

const app = express();

app.use('/embed', embed);
app.get('/', (req, res) => {
  res.redirect('https://www.example.org/developers');
});

app.listen(process.env.PORT ?? 3000);

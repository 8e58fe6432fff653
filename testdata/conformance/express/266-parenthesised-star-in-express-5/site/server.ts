import express from 'express';
import cors from 'cors';

const app = express();

app.use('(.*)', cors({ origin: ['https://app.example.com'] }));
app.get('/api/items', (_req, res) => void res.json([]));

app.listen(3000);

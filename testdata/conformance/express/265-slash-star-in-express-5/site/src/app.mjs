import express from 'express';
import { api } from './api.mjs';

const app = express();
app.use('/api', api);
app.listen(3000);

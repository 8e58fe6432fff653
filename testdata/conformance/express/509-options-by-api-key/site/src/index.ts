import express from 'express';
import cors from 'cors';
import { corsForCustomer } from './cors.js';
import { forecasts } from './forecasts.js';

const app = express();

app.use(cors(corsForCustomer));
app.use(express.json());
app.use('/v1/forecast', forecasts);

app.listen(Number(process.env.PORT ?? 3000));

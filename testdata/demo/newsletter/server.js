// Subscriptions to the newsletter: the form is on www, the settings of a subscriber are on accounts.
import cors from 'cors';
import express from 'express';

import { find, save } from './subscribers.js';

const app = express();

app.use(
  cors({
    // www, accounts, and whatever marketing comes up with next
    origin: /^https:\/\/.*harbour\.example$/,
    methods: ['GET', 'PUT'],
    allowedHeaders: ['Content-Type'],
    credentials: true,
    maxAge: 3600,
  }),
);
app.use(express.json());

app.get('/subscribers/:id', async (req, res) => {
  res.json(await find(req.params.id));
});

app.put('/subscribers/:id', async (req, res) => {
  await save(req.params.id, req.body);
  res.sendStatus(204);
});

app.listen(3001);

import express, { Router } from 'express';

export const webhooks = Router();

webhooks.get('/ping', (_req, res) => {
  res.send('pong');
});

webhooks.post('/settled', express.raw({ type: '*/*' }), (_req, res) => {
  res.sendStatus(202);
});

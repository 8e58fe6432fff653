import { Router } from 'express';
import cors from 'cors';

export const api = Router();

api.use(cors());
api.options('/*', cors());
api.get('/items', (req, res) => res.json([]));

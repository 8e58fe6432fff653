import { Router } from 'express';
import { allowPartners } from './allow-partners.mjs';
import { show, track } from './player.mjs';

const embed = Router();

embed.use(allowPartners);
embed.get('/player/:id', show);
embed.put('/player/:id', track);

export default embed;

import { createRequire } from 'node:module';

const require = createRequire(import.meta.url);
const { origins } = require('./origins.json');

export const defaults = { credentials: true, maxAge: 600 };

export default { ...defaults, origin: origins };

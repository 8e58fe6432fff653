import { createContainer } from './container.js';
import { createServer } from './server.js';

const container = createContainer();
const server = createServer(container);

const port = Number.parseInt(process.env['PORT'] ?? '3000', 10);
server.listen(port, () => container.logger.info(`recipes are served on ${port}`));

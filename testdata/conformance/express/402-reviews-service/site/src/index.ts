import { createServer } from './server';
import { config } from './config';

createServer(config).listen(config.port, () => {
  console.log(`reviews on :${config.port}`);
});

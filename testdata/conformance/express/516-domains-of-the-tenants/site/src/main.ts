import * as http from 'http';
import { buildApp } from './app';
import { TenantRepository } from './tenants/tenant.repository';

const tenants = new TenantRepository([
  { slug: 'alpine', domain: 'shop.alpine.example', verified: true },
  { slug: 'cellar', domain: 'www.cellar.example', verified: true },
  { slug: 'attic', domain: 'pending.attic.example', verified: false },
]);

http.createServer(buildApp(tenants)).listen(process.env.PORT || 3000);

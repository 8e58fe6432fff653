export interface Tenant {
  slug: string;
  domain: string;
  verified: boolean;
}

export class TenantRepository {
  constructor(private readonly tenants: Tenant[]) {}

  async findByDomain(domain: string): Promise<Tenant | undefined> {
    return this.tenants.find((tenant) => tenant.domain === domain);
  }

  async isVerifiedOrigin(origin: string): Promise<boolean> {
    const prefix = 'https://';
    if (!origin.startsWith(prefix)) return false;
    const tenant = await this.findByDomain(origin.slice(prefix.length));
    return tenant?.verified === true;
  }
}

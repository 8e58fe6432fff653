export interface Customer {
  name: string;
  origins: string[];
}

const customers: Record<string, Customer> = {
  pk_live_bakery: { name: 'Bakery', origins: ['https://www.bakery.example'] },
  pk_live_orchard: { name: 'Orchard', origins: ['https://plan.orchard.example'] },
};

export const findCustomer = (key: string | undefined): Customer | undefined => (key ? customers[key] : undefined);

import type { CorsOptions } from 'cors';

enum Client {
  Web = 'https://app.bullion.example',
  Mobile = 'capacitor://bullion',
}

const firstParty: CorsOptions = {
  origin: Object.values(Client),
  credentials: true,
  methods: ['GET', 'POST', 'PUT'],
  allowedHeaders: ['content-type', 'authorization', 'x-csrf-token'],
};

export default firstParty;

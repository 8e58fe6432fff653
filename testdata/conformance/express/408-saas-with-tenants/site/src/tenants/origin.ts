const BASE_DOMAIN = 'boards.example';

export const isTenantOrigin = (origin: string): boolean => origin.toLowerCase().endsWith(BASE_DOMAIN);

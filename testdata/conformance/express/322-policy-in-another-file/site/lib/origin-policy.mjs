const DOMAINS = ['farms.example', 'barns.example'];

const hostOf = (origin) => origin.toLowerCase().replace(/^https?:\/\//, '').replace(/:\d+$/, '');

export function isAllowed(origin) {
  const host = hostOf(origin);
  return DOMAINS.find((domain) => host.endsWith(domain)) !== undefined;
}

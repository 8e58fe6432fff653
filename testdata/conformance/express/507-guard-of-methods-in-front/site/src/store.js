export async function connect() {
  const parcels = new Map([['7', { id: '7', weight: 1200 }]]);
  const depots = new Map([['1', { id: '1', city: 'Lyon' }]]);
  return { parcels, depots };
}

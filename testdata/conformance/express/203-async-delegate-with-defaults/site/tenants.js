const ORIGINS = ['https://blue.tenants.test', 'https://green.tenants.test'];

exports.origins = async () => ORIGINS;

exports.find = async (name) => {
  if (name === 'red') throw new Error('database of red is locked');
  return name === 'blue' || name === 'green' ? { name } : undefined;
};

const trustedOrigins = new Map([['https://vault.example.com', 'Vault Ltd']]);

async function loadOrigins() {
  return [...trustedOrigins.keys()];
}

module.exports = { trustedOrigins, loadOrigins };

const SITES = ['https://red.teams.example', 'https://blue.teams.example'];

// one day a query
exports.findSite = async (origin) => SITES.find((site) => site === origin);

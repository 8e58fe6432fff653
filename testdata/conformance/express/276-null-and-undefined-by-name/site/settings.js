// nothing configured means: no browser
module.exports = { origin: null };

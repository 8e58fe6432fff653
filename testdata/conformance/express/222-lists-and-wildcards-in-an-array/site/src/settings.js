/** Filled in by the tenant's administrator. */
const settings = { extraOrigin: null, language: 'nb' };

export default settings;

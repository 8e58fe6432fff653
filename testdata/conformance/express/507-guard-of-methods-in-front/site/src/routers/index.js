import depots from './depots.js';
import parcels from './parcels.js';

export default { depots, parcels };

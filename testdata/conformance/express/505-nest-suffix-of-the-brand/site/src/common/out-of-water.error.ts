export class OutOfWaterError extends Error {}

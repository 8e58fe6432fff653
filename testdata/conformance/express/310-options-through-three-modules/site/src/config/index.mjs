export { default as cors } from './cors.mjs';
export * from './server.mjs';

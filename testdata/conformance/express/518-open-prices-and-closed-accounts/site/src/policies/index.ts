export { default as firstParty } from './first-party';
export * from './read-only';

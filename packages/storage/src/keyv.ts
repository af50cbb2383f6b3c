export { KeyvStore, type KeyvOptions } from './keyv/keyv-store.js';

export { DiskStore, type DiskOptions } from './disk-store.js';
export { Collection } from './wrappers/collection.js';
export { CodedStore } from './wrappers/coded-store.js';
export { EncryptedStore, type EncryptedOptions, type EncryptionKeys } from './wrappers/encrypted-store.js';
export { platformStore, type PlatformStore } from './platform-store.js';
export { WrappedStore } from './wrappers/wrapped-store.js';

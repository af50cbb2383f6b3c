export { DiskStore, type DiskOptions } from './disk-store.js';

export { LevelStore, type LevelOptions } from './level/level-store.js';

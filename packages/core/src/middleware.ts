export { Timeout, type TimeoutOptions } from './middleware/builtin/timeout.js';

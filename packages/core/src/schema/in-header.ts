import { recordKind } from '../metadata/registry.js';

/** A field that clients repeat in a header: its name there. */
export const IN_HEADER = recordKind<string>('in-header');

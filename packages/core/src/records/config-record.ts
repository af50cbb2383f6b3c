import { recordKind } from '../metadata/registry.js';

/** What @Env writes of a field: the variable it is read from, if that is not the field's own name. */
export interface EnvRecord {
  readonly variable: string | undefined;
}

/** A field that is read from the environment. */
export const ENV = recordKind<EnvRecord>('env');
/** A field whose value nobody is to see. */
export const SECRET = recordKind<true>('secret');

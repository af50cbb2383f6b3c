import type { PlainType } from './keywords.js';
import type { SchemaSource } from './schema.js';

/** What is known of one parameter that receives one argument. */
export interface ParameterSpec {
  readonly name: string;
  readonly type: PlainType | undefined;
  /** A call may leave it out. */
  readonly optional: boolean;
  /** What the method takes where a call leaves it out; only published. */
  readonly default?: { readonly value: unknown };
  readonly description?: string;
  /** Decorators of class-validator that the value has to pass. */
  readonly validators: readonly PropertyDecorator[];
  readonly schema?: SchemaSource;
}

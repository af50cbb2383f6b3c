import type { Caching } from '../components/caching.js';
import type { IconSource } from '../mcp/icon.js';
import type { ToolAnnotations } from '../mcp/types.js';
import { recordKind } from '../metadata/registry.js';

/** What one trait says of a component, or of all components of a class. */
export interface Trait {
  readonly tags?: readonly string[];
  readonly icons?: readonly IconSource[];
  readonly meta?: Readonly<Record<string, unknown>>;
  readonly annotations?: ToolAnnotations;
  readonly enabled?: boolean;
  readonly caching?: Caching | false;
}

/** The traits of a handler class, or of one of its methods. */
export const TRAIT = recordKind<Trait>('trait');

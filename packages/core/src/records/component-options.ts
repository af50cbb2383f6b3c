import type { Caching } from '../components/caching.js';
import type { IconSource } from '../mcp/icon.js';

/** What any component may say about itself. */
export interface ComponentOptions {
  /** Default: the method's name. */
  readonly name?: string;
  /** What people see instead of the name. */
  readonly title?: string;
  /** What the model reads. Default: the doc comment above the method. */
  readonly description?: string;
  /** Version of the component, where several are offered under one name. */
  readonly version?: string;
  /** Words to choose components by. */
  readonly tags?: readonly string[];
  readonly icons?: readonly IconSource[];
  /** Published as `_meta`. */
  readonly meta?: Readonly<Record<string, unknown>>;
  /** `false`: not offered until `app.enable()` names it. */
  readonly enabled?: boolean;
  /** How ResponseCaching keeps its answers; `false`: not at all. To say how is to ask for it, as `@Cache()` does. */
  readonly caching?: Caching | false;
}

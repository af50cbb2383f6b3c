import { registry, type Constructor } from '../metadata/registry.js';
import { ENV, SECRET } from '../records/config-record.js';

/** One field of a config class, and the variable of the environment it is read from. */
export interface ConfigField {
  /** Name in the class. */
  readonly property: string;
  /** Name in what is validated. */
  readonly key: string;
  readonly variable: string;
  readonly secret: boolean;
  /** Whether a text is a list, its items parted by commas. */
  readonly list: boolean;
}

/** A field with all that decorators say of where its value comes from. */
export function configField(
  cls: Constructor,
  field: { readonly property: string; readonly key: string; readonly list: boolean },
): ConfigField {
  const { property } = field;
  const named = registry.inherited(ENV, cls).findLast((entry) => entry.method === property)?.record;
  return {
    ...field,
    variable: named?.variable ?? toVariable(property),
    secret: registry.inherited(SECRET, cls).some((entry) => entry.method === property),
  };
}

/** `databaseUrl` as DATABASE_URL. */
function toVariable(property: string): string {
  return property
    .replace(/([a-z0-9])([A-Z])/g, '$1_$2')
    .replace(/([A-Z])([A-Z][a-z])/g, '$1_$2')
    .toUpperCase();
}

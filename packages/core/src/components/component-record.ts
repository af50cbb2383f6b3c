import type { Caching } from './caching.js';

/** The kinds of component a server offers. */
export type ComponentKind = 'tool' | 'resource' | 'template' | 'prompt';

/** What every component has. */
export interface ComponentRecord {
  readonly kind: ComponentKind;
  /** What clients find it by: the name of a tool or prompt, the URI of a resource, the text of a template. */
  readonly id: string;
  readonly name: string;
  readonly version: string | undefined;
  /** `kind:id@version`, its identity. */
  readonly key: string;
  readonly tags: ReadonlySet<string>;
  /** Class and method behind it, for error texts. */
  readonly origin: string;
  /** Whether it is offered from the start; one that is not can be enabled while the server runs. */
  readonly enabled: boolean;
  /** How the server itself keeps its answers, where its author has said so; `false`: not at all. */
  readonly caching: Caching | false | undefined;
}

/** The identity of a component. */
export function componentKey(kind: ComponentKind, id: string, version?: string): string {
  return `${kind}:${id}@${version ?? ''}`;
}

import type { Component, ComponentKind } from '../components/tool.js';
import type { Principal } from '../context/principal.js';
import type { Session } from '../context/session.js';

/** What the answer of a source may depend on besides the source itself. */
export type Varies = 'never' | 'principal' | 'session' | 'call';

/** Who looks. */
export interface Viewer {
  readonly principal: Principal | undefined;
  readonly session: Session | undefined;
}

/** Where components come from. */
export interface Source {
  readonly varies: Varies;
  /** The components of a kind that the viewer may see, in a fixed order. */
  list(kind: ComponentKind, viewer: Viewer): readonly Component[];
}

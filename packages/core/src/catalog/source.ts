import type { ComponentKind } from '../components/component-record.js';
import type { Component } from '../components/component.js';
import type { Principal } from '../context/principal.js';
import type { Session } from '../context/session.js';
import type { Varies } from '../context/varies.js';

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
  /** Calls `run` with the kind of what has come, gone or changed; a source that never changes has none. */
  onChange?(run: (kind: ComponentKind) => void): void;
}

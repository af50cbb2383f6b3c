import type { Varies } from '../context/varies.js';
import type { Viewer } from './source.js';
import type { View } from './view.js';

/** Views that are made once for all who would see the same; what varies by call is made anew each time. */
export class KeptViews {
  readonly #most: number;
  // In order of use, so that the first is the one to drop.
  readonly #views = new Map<string, View>();
  #everybody: View | undefined;

  constructor(most: number) {
    this.#most = most;
  }

  /** The view of one caller, made if there is none. */
  of({ principal, session }: Viewer, varies: Varies, make: () => View): View {
    if (varies === 'never') return (this.#everybody ??= make());
    if (varies === 'call') return make();
    const key =
      varies === 'session' && session ? `session:${session.id}` : `principal:${principal?.key ?? ''}`;
    const view = this.#views.get(key) ?? make();
    this.#views.delete(key);
    this.#views.set(key, view);
    for (const oldest of this.#views.keys()) {
      if (this.#views.size <= this.#most) break;
      this.#views.delete(oldest);
    }
    return view;
  }

  /** Forgets them all. */
  clear(): void {
    this.#everybody = undefined;
    this.#views.clear();
  }
}

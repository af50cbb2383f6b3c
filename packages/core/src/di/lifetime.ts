/** How long an instance lives. */
export type Lifetime = 'app' | 'session' | 'request' | 'transient';

/** How a scope ended, told to what lived in it. */
export type ScopeEnd = { readonly ok: true } | { readonly ok: false; readonly error: unknown };

/** What an instance may implement to hear that its lifetime is over; `Symbol.asyncDispose` and `Symbol.dispose` count too. */
export interface OnClose {
  onClose(end: ScopeEnd): void | Promise<void>;
}

/** From the longest to the shortest; a transient lives as long as whoever asked for it. */
const LENGTH: Record<Lifetime, number> = { app: 3, session: 2, request: 1, transient: 0 };

/** Whether something of lifetime `owner` may keep something of lifetime `dependency`. */
export function outlives(
  dependency: Exclude<Lifetime, 'transient'>,
  owner: Exclude<Lifetime, 'transient'>,
): boolean {
  return LENGTH[dependency] >= LENGTH[owner];
}

/** The shorter of two lifetimes. */
export function shorter<L extends Lifetime>(a: L, b: L): L {
  return LENGTH[a] <= LENGTH[b] ? a : b;
}

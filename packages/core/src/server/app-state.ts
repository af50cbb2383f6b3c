import type { StateHost } from '../context/call-state.js';
import type { Session } from '../context/session.js';
import { SessionHandles } from '../context/session-handles.js';
import { StateStore } from '../context/state-store.js';
import { AppContainer } from '../di/app-container.js';
import type { ProviderGraph } from '../di/provider-graph.js';
import { valueNode } from '../di/provider-node.js';
import type { RequestPlan } from '../di/request-plan.js';
import { tokenName } from '../di/token.js';
import type { Mistakes } from '../errors/mistakes.js';
import type { ModuleOptions } from '../records/module-record.js';
import { AtomicStore } from '../storage/store.js';
import type { Surroundings } from './surroundings.js';

const DAY_MS = 24 * 60 * 60_000;

/** Where the state of a server is. */
export class AppState implements StateHost {
  readonly store: StateStore;
  readonly handles: SessionHandles;
  readonly #logger: Surroundings['logger'];
  readonly #ending = new WeakSet<Session>();
  #closing = false;

  constructor(
    options: ModuleOptions['state'],
    { clock, ids, logger }: Surroundings,
    store: () => AtomicStore,
  ) {
    const { ttlMs = DAY_MS, maxBytes = 64 * 1024, maxHandles = 1000 } = options ?? {};
    this.store = new StateStore(store, { ttlMs, maxBytes });
    this.handles = new SessionHandles({ state: this.store, clock, ids, max: maxHandles });
    this.#logger = logger;
  }

  endsWith(session: Session, owner: string): void {
    if (this.#ending.has(session)) return;
    this.#ending.add(session);
    session.onEnd(() => {
      if (this.#closing) return;
      this.store.forget(owner).catch((err: unknown) => {
        this.#logger.warn('State of a session that has ended could not be forgotten', { err });
      });
    });
  }

  /** From now on sessions end because the server does, not their clients: what they keep may be found again. */
  close(): void {
    this.#closing = true;
  }
}

/** The state of an app of these modules, and the container it finds its store in, once that is open. */
export function appState(
  { state: options }: ModuleOptions,
  graph: ProviderGraph,
  world: Surroundings,
): { readonly state: AppState; readonly container: AppContainer } {
  const container = new AppContainer(graph);
  const state = new AppState(options, world, () => container.get(options?.store ?? AtomicStore));
  graph.framework.add(valueNode(SessionHandles, state.handles));
  return { state, container };
}

/** Notes a store that is named and not there, or lives too short. */
export function checkStateStore({ state }: ModuleOptions, plan: RequestPlan, mistakes: Mistakes): void {
  if (state?.store === undefined) return;
  const { store } = state;
  const compiled = plan.compile(store);
  const missing = compiled ? undefined : plan.mistake('state.store', store);
  if (missing) mistakes.note(missing);
  if (!compiled?.scoped) return;
  mistakes.add('ERR_OPTION_VALUE', {
    owner: '"state"',
    option: 'store',
    seen: tokenName(store),
    expected: 'the token of a store that lives as long as the app',
  });
}

import type { ModuleProviders } from '../di/module-providers.js';
import { openedNode, valueNode } from '../di/provider-node.js';
import { required } from '../di/dependency.js';
import { token } from '../di/token.js';
import type { Mistakes } from '../errors/mistakes.js';
import { AnswerStore, LastingStore } from '../records/lasting-store.js';
import type { ModuleOptions } from '../records/module-record.js';
import { atomicStore, nameOf } from '../storage/abilities.js';
import { Bus } from '../storage/bus.js';
import { MemoryBus } from '../storage/memory-bus.js';
import { MemoryStore } from '../storage/memory-store.js';
import { AtomicStore, KeyValueStore } from '../storage/store.js';
import type { Clock } from '../time/clock.js';
import { platformStore } from './platform-store.js';

/** Where the instance behind LastingStore lives, whoever asks for it. */
const KEPT = token<AtomicStore>('the store for what lasts');

/** What a server keeps its records in: what the root module names, else what there is without it. */
export class Stores {
  readonly #named: AtomicStore | undefined;
  readonly #bus: Bus | undefined;
  readonly #name: string;
  #place: string | undefined;
  #lastingAsked = false;

  constructor(module: string, { storage, bus }: ModuleOptions, of: { name: string; mistakes: Mistakes }) {
    this.#named =
      storage &&
      of.mistakes.attempt(() => atomicStore(storage, `The option "storage" of @McpModule of ${module}`));
    this.#bus = bus;
    this.#name = of.name;
  }

  /** Adds what can be injected. A store that is named is opened at the start, and closed with the app. */
  addTo(framework: ModuleProviders, clock: Clock): void {
    const store = this.#named ?? new MemoryStore(clock);
    framework.add(openedNode(AtomicStore, store));
    framework.add(openedNode(Bus, this.#bus ?? new MemoryBus({ clock })));
    const theStore = { dependencies: required([AtomicStore]), owned: false } as const;
    framework.add({ ...valueNode(KeyValueStore, undefined), ...theStore, create: ([given]) => given });
    if (!this.#named)
      framework.add({
        ...valueNode(KEPT, undefined),
        ...theStore,
        create: async ([given]) => this.#lasting(given as AtomicStore),
        owned: true,
      });
    // The app closes its own store once; what the platform offers is another.
    const lasts = {
      lifetime: 'transient',
      dependencies: required([this.#named ? AtomicStore : KEPT]),
    } as const;
    const unlessMemory = ([kept]: readonly unknown[]): unknown =>
      kept === store && !this.#named ? undefined : kept;
    framework.add({ ...valueNode(AnswerStore, undefined), ...lasts, create: unlessMemory });
    framework.add({
      ...valueNode(LastingStore, undefined),
      ...lasts,
      create: ([kept]) => {
        this.#lastingAsked = true;
        return kept;
      },
    });
  }

  /** A line for the operator: where things are kept. */
  get line(): string {
    const bus = this.#bus ? `, news over ${nameOf(this.#bus)}` : '';
    if (this.#named) return `Storage: ${layersOf(this.#named)}${bus}`;
    if (this.#place === undefined)
      return `Storage: memory, the default on ${process.platform}${bus}; what it holds ends with the process`;
    return `Storage: memory${bus}; what should outlive the process is encrypted in ${this.#place}, the default on ${process.platform}`;
  }

  /** What the operator of a server in production has to know; nothing where all is well. */
  get warning(): string | undefined {
    const lost = this.#lastingAsked && !this.#named && this.#place === undefined;
    return lost && process.env.NODE_ENV === 'production'
      ? 'What should outlive the process, as OAuth tokens do, is in memory and will be lost on restart: name a store in the root module, as in storage: new DiskStore({ path })'
      : undefined;
  }

  async #lasting(given: AtomicStore): Promise<AtomicStore> {
    const found = await platformStore(this.#name);
    this.#place = found?.place;
    return found?.store ?? given;
  }
}

/** A store by name, and what it stands over, as a WrappedStore does: where things end up is in the innermost. */
function layersOf(store: object): string {
  const { inner } = store as { readonly inner?: unknown };
  return typeof inner === 'object' && inner !== null
    ? `${nameOf(store)} over ${layersOf(inner)}`
    : nameOf(store);
}

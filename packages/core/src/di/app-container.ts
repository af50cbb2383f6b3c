import 'reflect-metadata';
import { container, type DependencyContainer } from 'tsyringe';
import type { ScopeEnd } from './lifetime.js';
import type { ProviderGraph } from './provider-graph.js';
import type { ProviderNode } from './provider-node.js';
import { closeAll, isClosable } from './scope.js';
import { Token, tokenName, type InjectionToken } from './token.js';

/** The instances that live as long as the app, in a tsyringe container of its own: the only file that knows tsyringe. */
export class AppContainer {
  readonly #graph: ProviderGraph;
  readonly #container: DependencyContainer = container.createChildContainer();
  readonly #made: unknown[] = [];

  constructor(graph: ProviderGraph) {
    this.#graph = graph;
  }

  /** Makes every instance of lifetime `app`, each after what it needs; if one fails, those before it are closed again. */
  async open(): Promise<void> {
    try {
      for (const node of this.#graph.order) if (node.lifetime === 'app') await this.#make(node);
    } catch (error) {
      try {
        await this.close({ ok: false, error });
      } catch (closing) {
        throw new AggregateError(
          [error, closing],
          'The app could not be started, nor what had started be closed',
        );
      }
      throw error;
    }
  }

  /** The instance of a token, also by a second name of it; an error if the app has none. */
  get<T>(token: InjectionToken<T>): T {
    const node = this.#graph.find(token);
    const isSecondName = node?.lifetime === 'transient' && !node.owned;
    const [existing] = isSecondName ? node.dependencies : [];
    if (existing !== undefined) return this.get(existing as InjectionToken<T>);
    const key = containerKey(token);
    if (this.#container.isRegistered(key)) return this.#container.resolve<T>(key as symbol);
    throw new Error(`The app holds no ${tokenName(token)}: it is not provided, or the app has not started`);
  }

  /** Closes every instance in reverse order. */
  async close(end: ScopeEnd = { ok: true }): Promise<void> {
    await closeAll(this.#made, end);
    this.#container.reset();
  }

  async #make(node: ProviderNode): Promise<void> {
    const made: unknown = node.create(node.dependencies.map((token) => this.#dependency(token)));
    // A value is given as it is, also one with a then() of its own.
    const instance = node.owned ? await made : made;
    if (node.owned && isClosable(instance)) this.#made.push(instance);
    node.instance = instance;
    this.#container.register(containerKey(node.token) as symbol, { useFactory: () => instance });
  }

  /** An app instance, or a transient made for its one owner. */
  #dependency(token: InjectionToken): unknown {
    const node = this.#graph.find(token);
    if (node?.lifetime !== 'transient') return this.get(token);
    const instance = node.create(node.dependencies.map((each) => this.#dependency(each)));
    if (node.owned && isClosable(instance)) this.#made.push(instance);
    return instance;
  }
}

function containerKey(token: InjectionToken): symbol | string | (new () => unknown) {
  return token instanceof Token ? token.symbol : (token as symbol | string | (new () => unknown));
}

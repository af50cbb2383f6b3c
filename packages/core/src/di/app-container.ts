import 'reflect-metadata';
import { container, type DependencyContainer } from 'tsyringe';
import { FrameworkError } from '../errors/framework-error.js';
import type { ScopeEnd } from './lifetime.js';
import type { ModuleProviders } from './module-providers.js';
import { promised } from './promised.js';
import type { ProviderGraph } from './provider-graph.js';
import type { ProviderNode } from './provider-node.js';
import { closeAll, isClosable } from './scope.js';
import { Token, tokenName, type InjectionToken } from './token.js';

/** The instances that live as long as the app, in one tsyringe container a module. */
export class AppContainer {
  readonly #graph: ProviderGraph;
  readonly #containers = new Map<ModuleProviders, DependencyContainer>();
  readonly #made: unknown[] = [];
  #open = false;
  #stopped = false;
  #closed = false;

  constructor(graph: ProviderGraph) {
    this.#graph = graph;
  }

  /** Makes every instance of lifetime `app`, each after what it needs; if one fails, those before it are closed again. */
  async open(): Promise<void> {
    try {
      for (const node of this.#graph.order) {
        if (this.#stopped) throw new FrameworkError('ERR_APP_CLOSED', {});
        if (node.lifetime === 'app') await this.#make(node);
      }
      this.#open = true;
    } catch (error) {
      // Whoever has stopped it closes it, too, unless that is over.
      if (this.#stopped && !this.#closed) throw error;
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

  /** Makes nothing more: what is being made now is the last. */
  stop(): void {
    this.#stopped = true;
  }

  /** The instance of a token, also by a second name of it, as the root sees it, else of the one module that has it. */
  get<T>(token: InjectionToken<T>): T {
    const [node, another] = this.#graph.known(token);
    if (node && another) {
      const names = [node, another].map((each) => this.#graph.homeOf(each).name);
      throw new Error(
        `${tokenName(token)} is in ${names.join(' and in ')}, and the root module sees neither`,
      );
    }
    const kept = node && this.#behind(node);
    const home = kept && this.#containers.get(this.#graph.homeOf(kept));
    const key = kept && containerKey(kept.token);
    if (home?.isRegistered(key as symbol)) return home.resolve<T>(key as symbol);
    throw new Error(`The app holds no ${tokenName(token)}: it is not provided, or the app has not started`);
  }

  /** Closes every instance in reverse order. */
  async close(end: ScopeEnd = { ok: true }): Promise<void> {
    this.#closed = true;
    try {
      await closeAll(this.#made, end);
    } finally {
      this.#containers.clear();
    }
  }

  /** Makes what joins the graph of an app that has started: classes, which need no waiting for, and stores, which may open later. */
  join(nodes: readonly ProviderNode[]): void {
    if (!this.#open) return;
    for (const node of nodes) {
      if (node.lifetime !== 'app') continue;
      try {
        const made = node.create(this.#needsOf(node));
        this.#keep(node, node.owned && made instanceof Promise ? whenMade(made) : made);
      } catch (error) {
        throw failed(node, this.#graph.homeOf(node), error);
      }
    }
  }

  async #make(node: ProviderNode): Promise<void> {
    const instance = await this.#create(node).catch((error: unknown) => {
      throw failed(node, this.#graph.homeOf(node), error);
    });
    this.#keep(node, instance.value);
  }

  #keep(node: ProviderNode, value: unknown): void {
    if (node.owned && isClosable(value)) this.#made.push(value);
    node.instance = value;
    this.#containerOf(this.#graph.homeOf(node)).register(containerKey(node.token) as symbol, {
      useFactory: () => value,
    });
  }

  #containerOf(home: ModuleProviders): DependencyContainer {
    const known = this.#containers.get(home);
    if (known) return known;
    const made = container.createChildContainer();
    // It begins with what tsyringe's decorators have registered for every container there is.
    made.reset();
    this.#containers.set(home, made);
    return made;
  }

  /** In an object, because a value is given as it is, also one with a then() of its own. */
  async #create(node: ProviderNode): Promise<{ readonly value: unknown }> {
    const made = node.create(this.#needsOf(node));
    return { value: node.owned ? await made : made };
  }

  /** App instances, and transients made for their one owner. */
  #needsOf(node: ProviderNode): unknown[] {
    return this.#graph.needsOf(node).map((need) => {
      if (need?.lifetime !== 'transient') return need?.instance;
      const instance = need.create(this.#needsOf(need));
      if (need.owned && instance instanceof Promise) throw promised(need, instance);
      if (need.owned && isClosable(instance)) this.#made.push(instance);
      return instance;
    });
  }

  /** What a second name stands for. */
  #behind(node: ProviderNode): ProviderNode {
    const isSecondName = node.lifetime === 'transient' && !node.owned;
    const [existing] = isSecondName ? this.#graph.needsOf(node) : [];
    return existing ? this.#behind(existing) : node;
  }
}

/** What is being made, to be closed once it is; why it could not be is told to whoever uses it. */
function whenMade(making: Promise<unknown>): AsyncDisposable {
  const made = making.then(
    (value) => [value],
    () => [],
  );
  return { [Symbol.asyncDispose]: async () => closeAll(await made, { ok: true }) };
}

/** What failed, under the name of what was to be made; a mistake of the author says enough by itself. */
function failed(node: ProviderNode, home: ModuleProviders, error: unknown): unknown {
  if (FrameworkError.is(error)) return error;
  const reason = error instanceof Error ? error.message : String(error);
  return new FrameworkError(
    'ERR_PROVIDER_FAILED',
    { token: node.label, module: home.name, reason },
    { cause: error },
  );
}

function containerKey(token: InjectionToken): symbol | string | (new () => unknown) {
  return token instanceof Token ? token.symbol : (token as symbol | string | (new () => unknown));
}

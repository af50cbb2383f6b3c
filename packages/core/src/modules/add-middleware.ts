import { beginsWithOptions } from '../di/constructor-tokens.js';
import type { ModuleProviders } from '../di/module-providers.js';
import type { ProviderGraph } from '../di/provider-graph.js';
import { required } from '../di/dependency.js';
import { classNode, openedNode, type ProviderNode } from '../di/provider-node.js';
import type { ConcreteClass } from '../di/provider.js';
import { Token, type InjectionToken } from '../di/token.js';
import type { Mistakes } from '../errors/mistakes.js';
import { registry } from '../metadata/registry.js';
import { MIDDLEWARE, type MiddlewareListing } from '../records/middleware-record.js';
import { MiddlewareUse } from '../records/middleware-use.js';
import { nameOf } from '../storage/abilities.js';
import type { KeyValueStore } from '../storage/store.js';
import { checkGiven, checkOptions } from './check-options.js';
import { SHAPES } from './option-shapes.js';
import { storesIn } from './stores-in.js';

/** Puts the classes among listed middleware into their module; those it imports are there already. */
export function addMiddleware(
  listed: readonly MiddlewareListing[],
  to: { readonly module: ModuleProviders; readonly graph: ProviderGraph },
  mistakes: Mistakes,
): void {
  const { module, graph } = to;
  for (const each of listed) {
    checkTraits(each, mistakes);
    const made = typeof each === 'function' ? plain(each) : MiddlewareUse.is(each) ? used(each) : undefined;
    if (!made || module.own.has(made.token) || module.imported(made.token).length > 0) continue;
    // One use is one instance, wherever it is listed.
    const elsewhere = MiddlewareUse.is(each) ? nodeOf(made.token, graph) : undefined;
    for (const node of elsewhere ? withStores(elsewhere, graph) : nodesOf(made, mistakes)) module.add(node);
  }
}

/** Names a store that stands in options; nobody asks for it but the middleware it was given to. */
class StoreToken extends Token<KeyValueStore> {}

/** The class, after the stores in its options: they are open before it is made, and closed after it. */
function nodesOf(made: MadeOf, mistakes: Mistakes): readonly ProviderNode[] {
  const node = ofMessage(classNode(made, mistakes));
  const stores = made.given
    .flatMap(storesIn)
    .map((store) => openedNode(new StoreToken(nameOf(store)), store));
  if (stores.length === 0) return [node];
  const own = node.dependencies.length;
  const dependencies = [...node.dependencies, ...required(stores.map(({ token }) => token))];
  return [...stores, { ...node, dependencies, create: (needs) => node.create(needs.slice(0, own)) }];
}

function withStores(node: ProviderNode, graph: ProviderGraph): readonly ProviderNode[] {
  const stores = node.dependencies.filter(({ token }) => token instanceof StoreToken);
  return [...stores.flatMap(({ token }) => nodeOf(token, graph) ?? []), node];
}

interface MadeOf {
  readonly token: InjectionToken;
  readonly cls: ConcreteClass;
  readonly given: readonly unknown[];
}

/** Options that may be left out are, where a class is listed without `use()`. */
function plain(cls: ConcreteClass): MadeOf {
  return { token: cls, cls, given: beginsWithOptions(cls) ? [undefined] : [] };
}

/** A transient lives with its owner, which here is the message: all its hooks are those of one instance. */
function ofMessage(node: ProviderNode): ProviderNode {
  return node.lifetime === 'transient' ? { ...node, lifetime: 'request' } : node;
}

/** What is no class is told where the entries are made. */
function used({ token, cls, options }: MiddlewareUse): MadeOf | undefined {
  return typeof cls === 'function' ? { token, cls, given: [options] } : undefined;
}

function nodeOf(token: InjectionToken, graph: ProviderGraph): ProviderNode | undefined {
  return graph.modules.flatMap(({ own }) => own.get(token) ?? [])[0];
}

/** What a class says of itself, and the options it is given. */
function checkTraits(listed: MiddlewareListing, mistakes: Mistakes): void {
  const used = MiddlewareUse.is(listed) ? listed : undefined;
  const cls = used?.cls ?? listed;
  const traits = typeof cls === 'function' ? registry.find(MIDDLEWARE, cls) : undefined;
  if (!traits) return;
  const { name } = cls as ConcreteClass;
  checkOptions(`@Middleware of ${name}`, traits, { shapes: SHAPES.middleware, mistakes });
  const before = mistakes.count;
  if (traits.options) checkGiven(name, used?.options, { shapes: traits.options, mistakes });
  if (used && mistakes.count === before) mistakes.attempt(() => traits.check?.(used.options as never));
}

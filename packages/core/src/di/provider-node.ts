import { types } from 'node:util';
import { FrameworkError } from '../errors/framework-error.js';
import type { Mistakes } from '../errors/mistakes.js';
import { registry } from '../metadata/registry.js';
import { constructorTokens, seenType } from './constructor-tokens.js';
import { required, type Dependency } from './dependency.js';
import type { Lifetime } from './lifetime.js';
import { openLifespan } from './lifespan.js';
import { CHECK, type ConcreteClass, type FactoryProvider, type Provider } from './provider.js';
import { promised } from './promised.js';
import { INJECTABLE, LIFESPAN } from './records.js';
import type { CallScope, Scope } from './scope.js';
import { Token, tokenName, type InjectionToken } from './token.js';
import { tsyringeLifetime } from './tsyringe-records.js';

/** One token of the graph: what it needs, how long it lives, how it is made. */
export interface ProviderNode {
  readonly token: InjectionToken;
  /** How error texts name it. */
  readonly label: string;
  readonly lifetime: Lifetime;
  readonly sessionless: 'request' | 'principal';
  readonly dependencies: readonly Dependency[];
  /** Makes an instance of its dependencies. Only lifetime `app` may answer with a promise. */
  readonly create: (dependencies: readonly unknown[]) => unknown;
  /** Whether what was made is the graph's to close. */
  readonly owned: boolean;
  /** Whether it is made only where something is taken out of it, as a lifespan is. */
  readonly onlyForOthers?: boolean;
  /** Takes the instance from the scope of the message being answered, for what is kept by `owner`, instead of making one. */
  readonly fromScope?: (scope: CallScope, owner: Scope) => unknown;
  /** The instance of lifetime `app`, once the app has started. */
  instance?: unknown;
}

/** A provider as a node of the graph. */
export function providerNode(provider: Provider, mistakes: Mistakes): ProviderNode {
  if (typeof provider === 'function') return classNode({ token: provider, cls: provider }, mistakes);
  if ('useClass' in provider) {
    const node = classNode({ token: provider.provide, cls: provider.useClass }, mistakes);
    return provider.lifetime ? { ...node, lifetime: provider.lifetime } : node;
  }
  const node = {
    token: provider.provide,
    label: tokenName(provider.provide),
    sessionless: 'request',
  } as const;
  if ('useValue' in provider)
    return { ...node, lifetime: 'app', dependencies: [], create: () => provider.useValue, owned: false };
  if ('useExisting' in provider) {
    return {
      ...node,
      lifetime: 'transient',
      dependencies: required([provider.useExisting]),
      create: ([existing]) => existing,
      owned: false,
    };
  }
  return factoryNode(provider, mistakes);
}

/** A value that every graph has; closed by whoever made it. */
export function valueNode(token: InjectionToken, value: unknown): ProviderNode {
  return {
    token,
    label: tokenName(token),
    lifetime: 'app',
    sessionless: 'request',
    dependencies: [],
    create: () => value,
    owned: false,
  };
}

/** A value that was handed to the app to be opened, and closed with it. */
export function openedNode(token: InjectionToken, value: { open(): Promise<void> }): ProviderNode {
  const create = async (): Promise<unknown> => {
    await value.open();
    return value;
  };
  return { ...valueNode(token, undefined), create, owned: true };
}

/** A token whose instance is part of the message being answered. */
export function callNode(token: InjectionToken, fromCall: (call: unknown) => unknown): ProviderNode {
  return { ...valueNode(token, undefined), lifetime: 'request', fromScope: (scope) => fromCall(scope.call) };
}

/** A lifespan class as nodes: itself opened, and a node for each token of what it opens. */
export function lifespanNodes(cls: ConcreteClass, mistakes: Mistakes): readonly ProviderNode[] {
  const record = registry.find(LIFESPAN, cls);
  const problem = lifespanProblem(cls, record !== undefined);
  if (!record || problem) {
    mistakes.add('ERR_LIFESPAN_SHAPE', { owner: cls.name, problem: problem ?? 'carries no @Lifespan' });
    return [];
  }
  const opened = new Token<{ value: unknown }>(cls.name);
  const lifespan: ProviderNode = {
    ...classNode({ token: opened, cls }, mistakes),
    lifetime: 'app',
    onlyForOthers: true,
    create: (dependencies) => openLifespan(cls, dependencies),
  };
  const yielded = (token: InjectionToken, pick: (value: unknown) => unknown): ProviderNode => ({
    ...valueNode(token, undefined),
    dependencies: required([opened]),
    create: ([of]) => pick((of as { value: unknown }).value),
  });
  if (isToken(record.opens)) return [lifespan, yielded(record.opens, (value) => value)];
  const named = Object.entries(record.opens).map(([name, token]) =>
    yielded(token, (value) => {
      const part = (value as Record<string, unknown> | undefined)?.[name];
      if (part === undefined)
        throw new FrameworkError('ERR_LIFESPAN_FAILED', {
          owner: cls.name,
          reason: `it yielded no "${name}"`,
        });
      return part;
    }),
  );
  return [lifespan, ...named];
}

function factoryNode(provider: FactoryProvider, mistakes: Mistakes): ProviderNode {
  const { provide, useFactory, inject = [], lifetime = 'app' } = provider;
  const label = tokenName(provide);
  mistakes.attempt(() => provider[CHECK]?.());
  for (const [index, token] of inject.entries()) {
    if (token !== undefined) continue;
    mistakes.add('ERR_DI_TYPE_ERASED', { owner: label, index, seen: seenType(token) });
  }
  const node: ProviderNode = {
    token: provide,
    label,
    lifetime,
    sessionless: 'request',
    dependencies: required(inject.filter((token) => token !== undefined)),
    create: (dependencies) => useFactory(...dependencies),
    owned: true,
  };
  if (lifetime !== 'app' && types.isAsyncFunction(useFactory)) mistakes.note(promised(node));
  return node;
}

/** A class as a node; what its constructor begins with may be given, the rest is the container's. */
export function classNode(
  of: { readonly token: InjectionToken; readonly cls: ConcreteClass; readonly given?: readonly unknown[] },
  mistakes: Mistakes,
): ProviderNode {
  const { token, cls, given = [] } = of;
  const record = registry.find(INJECTABLE, cls);
  return {
    token,
    label: cls.name,
    lifetime: record?.lifetime ?? tsyringeLifetime(cls) ?? 'app',
    sessionless: record?.sessionless ?? 'request',
    dependencies: mistakes.attempt(() => constructorTokens(cls, given.length)) ?? [],
    create: (dependencies) => new cls(...given, ...dependencies),
    owned: true,
  };
}

function lifespanProblem(cls: ConcreteClass, marked: boolean): string | undefined {
  if (!marked) return 'carries no @Lifespan';
  const { open } = cls.prototype as { open?: unknown };
  if (typeof open !== 'function') return 'has no method open()';
  // What an older target makes of a generator is an ordinary function.
  return Object.prototype.toString.call(open) === '[object AsyncFunction]'
    ? 'its open() is no generator: what it returns would never be closed'
    : undefined;
}

function isToken(opens: InjectionToken | Readonly<Record<string, InjectionToken>>): opens is InjectionToken {
  return typeof opens !== 'object' || opens instanceof Token;
}

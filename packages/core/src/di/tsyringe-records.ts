import 'reflect-metadata';
import { container, Lifecycle } from 'tsyringe';
import { FrameworkError } from '../errors/framework-error.js';
import { hasOwnConstructor } from '../metadata/design-types.js';
import type { Constructor } from '../metadata/registry.js';
import type { Dependency } from './dependency.js';
import type { Lifetime } from './lifetime.js';
import type { InjectionToken } from './token.js';

/** What tsyringe's @inject and its kin write of one parameter. */
interface Descriptor {
  readonly token: unknown;
  readonly multiple?: boolean;
  readonly isOptional?: boolean;
  readonly transform?: unknown;
}

/** The key under which tsyringe keeps them. */
const INJECTION_TOKENS = 'injectionTokens';

/** What tsyringe's own decorators say of the parameters of a constructor; tsyringe resolves none of it. */
export function tsyringeTokens(cls: Constructor): ReadonlyMap<number, Dependency> {
  refuseOnMethods(cls);
  const written: unknown = hasOwnConstructor(cls)
    ? Reflect.getOwnMetadata(INJECTION_TOKENS, cls)
    : Reflect.getMetadata(INJECTION_TOKENS, cls);
  const entries = Object.entries((written ?? {}) as Readonly<Record<string, Descriptor>>);
  return new Map(entries.map(([index, descriptor]) => [Number(index), dependency(descriptor, index, cls)]));
}

/** How long tsyringe's @singleton or @scoped says that a class lives; @injectable alone says nothing of it. */
export function tsyringeLifetime(cls: Constructor): Lifetime | undefined {
  const { _registry: known } = container as unknown as { _registry?: Registrations };
  const registrations = [...(known?.entries() ?? [])].flatMap(([, all]) => all);
  const last = registrations.findLast(({ provider }) => provider.useClass === cls);
  return last && LIFETIMES.get(last.options.lifecycle);
}

/** What tsyringe keeps of a class that was registered, of all that it keeps. */
type Registrations = ReadonlyMap<
  unknown,
  readonly {
    readonly provider: { readonly useClass?: unknown };
    readonly options: { readonly lifecycle: Lifecycle };
  }[]
>;

/** One container a message is how tsyringe is used for what lives for one message. */
const LIFETIMES: ReadonlyMap<Lifecycle, Lifetime> = new Map([
  [Lifecycle.Singleton, 'app'],
  [Lifecycle.ContainerScoped, 'request'],
  [Lifecycle.ResolutionScoped, 'request'],
]);

function dependency(descriptor: Descriptor, index: string, cls: Constructor): Dependency {
  const { token, multiple, isOptional = false, transform } = descriptor;
  if (!multiple && transform === undefined) return { token: undelayed(token), optional: isOptional };
  throw new FrameworkError('ERR_DI_TSYRINGE', {
    owner: `Parameter ${index} of ${cls.name}`,
    problem: multiple
      ? '@injectAll, but a token stands for one provider here'
      : '@injectWithTransform, but nothing is transformed here',
    cure: multiple
      ? 'Provide the list under a token of its own: { provide: ALL, useFactory: (a, b) => [a, b], inject: [A, B] }.'
      : 'Provide what comes of it under a token of its own: { provide: MADE, useFactory: …, inject: […] }.',
  });
}

/** What `delay()` holds back, for the sake of an import cycle. */
function undelayed(token: unknown): InjectionToken {
  const isDelayed = typeof token === 'object' && token !== null && 'wrap' in token;
  return isDelayed ? (token as { wrap(): InjectionToken }).wrap() : (token as InjectionToken);
}

/** There tsyringe keeps no name of the method, so that nobody can tell which parameter is meant. */
function refuseOnMethods(cls: Constructor): void {
  if (!Reflect.hasMetadata(INJECTION_TOKENS, cls.prototype as object)) return;
  throw new FrameworkError('ERR_DI_TSYRINGE', {
    owner: `A method of ${cls.name}`,
    problem: '@inject, which tsyringe keeps for constructors only',
    cure: 'Write @Inject(Token) of this package before the parameter.',
  });
}

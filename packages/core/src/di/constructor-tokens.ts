import { FrameworkError } from '../errors/framework-error.js';
import { hasOwnConstructor, parameterTypes, UNTYPED } from '../metadata/design-types.js';
import { registry, type Constructor, type RecordKind } from '../metadata/registry.js';
import { readConstructorNames } from '../text/method-text.js';
import type { Dependency } from './dependency.js';
import { INJECT, OPTIONAL } from './records.js';
import type { InjectionToken } from './token.js';
import { tsyringeTokens } from './tsyringe-records.js';

/** Types the compiler writes where it has nothing better: no class of a user's is meant by them. */
const ERASED: ReadonlySet<unknown> = new Set([
  Object,
  Function,
  String,
  Number,
  Boolean,
  Array,
  Promise,
  undefined,
]);

/** What the constructor of a class asks for, parameter by parameter; those before `from` are given by somebody else. */
export function constructorTokens(cls: Constructor, from = 0): readonly Dependency[] {
  const types = parameterTypes(cls);
  const named = onParameters(INJECT, cls);
  const optional = onParameters(OPTIONAL, cls);
  const foreign = tsyringeTokens(cls);
  const said = new Set([...named.keys(), ...foreign.keys()]);
  const count = Math.max(types?.length ?? 0, cls.length, ...[...said].map((index) => index + 1));
  const unsaid = Array.from({ length: cls.length }, (_, index) => index)
    .slice(from)
    .some((index) => !said.has(index));
  if (!types && unsaid) throw untyped(cls, said);
  return Array.from({ length: Math.max(0, count - from) }, (_, place) => {
    const index = place + from;
    const other = foreign.get(index);
    const token = named.has(index) ? injected(named.get(index)) : (other?.token ?? types?.[index]);
    if (token === undefined || (!said.has(index) && isErased(token))) {
      throw new FrameworkError('ERR_DI_TYPE_ERASED', { owner: cls.name, index, seen: seenType(token) });
    }
    return { token: token as InjectionToken, optional: optional.has(index) || other?.optional === true };
  });
}

/** Whether a constructor begins with what no container gives, but a default: options that may be left out. */
export function beginsWithOptions(cls: Constructor): boolean {
  const types = parameterTypes(cls);
  if (cls.length > 0 || !types || types.length === 0 || !isErased(types[0])) return false;
  return !onParameters(INJECT, cls).has(0) && !tsyringeTokens(cls).has(0);
}

/** A decorator is what makes a compiler write types; where there is one, they are lost. */
function untyped(cls: Constructor, said: ReadonlySet<number>): FrameworkError {
  if (!registry.isDecorated(cls)) return new FrameworkError('ERR_DI_NOT_INJECTABLE', { owner: cls.name });
  const names = readConstructorNames(cls);
  const parameters = Array.from({ length: cls.length }, (_, index) => ({
    lost: !said.has(index),
    name: names[index] ?? '…',
  }));
  return new FrameworkError('ERR_BUILD_LOST', {
    owner: `constructor of ${cls.name}`,
    lost: 'the types of its parameters',
    cause: UNTYPED.cause,
    code: `constructor(${parameters.map(({ lost, name }) => (lost ? `@Inject(Token) ${name}` : name)).join(', ')})`,
    setting: UNTYPED.cure,
  });
}

/** The token an @Inject names, also where it was given as a function because of an import cycle. */
export function injected(
  record: InjectionToken | (() => InjectionToken) | undefined,
): InjectionToken | undefined {
  return typeof record === 'function' && !record.prototype
    ? (record as () => InjectionToken)()
    : (record as InjectionToken | undefined);
}

/** What stands on the parameters of the constructor that a class has, its own or its ancestor's. */
function onParameters<R>(kind: RecordKind<R>, cls: Constructor): ReadonlyMap<number, R> {
  const entries = hasOwnConstructor(cls) ? registry.own(kind, cls) : registry.inherited(kind, cls);
  return new Map(
    entries.filter((entry) => entry.method === undefined).map((entry) => [entry.index ?? 0, entry.record]),
  );
}

/** Whether a written type says nothing about what is meant. */
export function isErased(type: unknown): boolean {
  return typeof type !== 'function' || ERASED.has(type);
}

/** What the compiler wrote, as an error text says it. */
export function seenType(type: unknown): string {
  if (type === undefined) return 'undefined, as in an import cycle';
  if (type === Object || type === Function)
    return `${(type as { name: string }).name}, as an interface or an "import type" leaves it`;
  return typeof type === 'function' ? type.name : typeof type;
}

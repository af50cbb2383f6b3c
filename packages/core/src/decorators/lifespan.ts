import { LIFESPAN } from '../di/records.js';
import type { InjectionToken } from '../di/token.js';
import { registry, type Constructor } from '../metadata/registry.js';

/** What a lifespan class opens: `open()` yields it once, and closes it after the yield. */
type LifespanOf<T> = new (
  // eslint-disable-next-line @typescript-eslint/no-explicit-any -- constructor parameters are contravariant: only any fits every class
  ...args: any[]
) => { open(): AsyncGenerator<T, void, unknown> | Generator<T, void, unknown> };

/** What the tokens of a record stand for. */
type Opened<R extends Readonly<Record<string, InjectionToken>>> = {
  [K in keyof R]: R[K] extends InjectionToken<infer T> ? T : never;
};

/**
 * A class that opens something when the app starts and closes it when the app ends: a connection, a pool, an index.
 *
 * Name the token of what `open()` yields, or several by name: `@Lifespan({ api: WeatherApi, db: Db })`, `yield { api, db }`.
 */
export function Lifespan<T>(opens: InjectionToken<T>): (target: LifespanOf<T>) => void;
export function Lifespan<R extends Readonly<Record<string, InjectionToken>>>(
  opens: R,
): (target: LifespanOf<Opened<R>>) => void;
export function Lifespan(
  opens: InjectionToken | Readonly<Record<string, InjectionToken>>,
): (target: Constructor) => void {
  return (target) => {
    registry.write(LIFESPAN, { owner: target, method: undefined, index: undefined, record: { opens } });
  };
}

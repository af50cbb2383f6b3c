/** A method, by its first parameter and its result. */
// eslint-disable-next-line @typescript-eslint/no-explicit-any -- parameters are contravariant: only any fits every method
export type Method<First = any, R = unknown> = (first: First, ...rest: any[]) => R;

/** A decorator of those methods that fit a type; getters and fields do not. */
export type DecoratorOf<F extends Method> = <M extends F>(
  target: object,
  key: string | symbol,
  descriptor: TypedPropertyDescriptor<M>,
) => void;

import 'reflect-metadata';
import type { Constructor } from './registry.js';

/** What the compiler wrote of the parameter types of a constructor, or of a method; undefined if it wrote nothing. */
export function parameterTypes(owner: Constructor, method?: string): readonly unknown[] | undefined {
  const types: unknown =
    method === undefined
      ? constructorTypes(owner)
      : Reflect.getMetadata('design:paramtypes', owner.prototype as object, method);
  return Array.isArray(types) ? types : undefined;
}

/** A class without a constructor of its own has its ancestor's; one that has says so by its length. */
function constructorTypes(owner: Constructor): unknown {
  return owner.length > 0
    ? Reflect.getOwnMetadata('design:paramtypes', owner)
    : Reflect.getMetadata('design:paramtypes', owner);
}

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

/** What the compiler wrote of the type of a decorated field; undefined if it wrote nothing. */
export function fieldType(owner: Constructor, field: string): unknown {
  return Reflect.getMetadata('design:type', owner.prototype as object, field);
}

/** Whether a class takes constructor parameters of its own, or has its ancestor's constructor. */
export function hasOwnConstructor(owner: Constructor): boolean {
  return owner.length > 0 || Reflect.hasOwnMetadata('design:paramtypes', owner);
}

/** Why there may be no types at all, and what to set, for error texts. */
export const UNTYPED = {
  cause:
    'the compiler wrote no types (esbuild and tsx never do, tsc and swc only with "emitDecoratorMetadata")',
  cure: 'compile with tsc or swc, and "emitDecoratorMetadata": true',
};

function constructorTypes(owner: Constructor): unknown {
  return hasOwnConstructor(owner)
    ? Reflect.getOwnMetadata('design:paramtypes', owner)
    : Reflect.getMetadata('design:paramtypes', owner);
}

import { createRequire } from 'node:module';
import type { MetadataStorage, ValidationError, ValidatorOptions } from 'class-validator';
import { classChain, type ReadableClass } from '../text/class-text.js';

/** What is used of class-validator. */
export interface ClassValidator {
  Allow(): PropertyDecorator;
  getMetadataStorage(): MetadataStorage;
  validateSync(object: object, options: ValidatorOptions): ValidationError[];
  validate(object: object, options: ValidatorOptions): Promise<ValidationError[]>;
}

/** One validator on one field, as class-validator keeps it. */
export type ValidatorMetadata = ReturnType<MetadataStorage['getTargetValidationMetadatas']>[number];
/** The constraint behind a validator; its instance comes from the author's container, if he gave class-validator one. */
export type ConstraintMetadata = ReturnType<MetadataStorage['getTargetValidatorConstraints']>[number];

/** What is used of class-transformer. */
export interface ClassTransformer {
  plainToInstance(
    cls: new () => object,
    plain: unknown,
    options: { readonly exposeDefaultValues: true },
  ): object;
}

/** Where class-transformer keeps what its decorators wrote. */
export interface TransformerStorage {
  findTypeMetadata(cls: unknown, property: string): TypeMetadata | undefined;
  findTransformMetadatas(cls: unknown, property: string, direction: number): readonly unknown[];
  findExposeMetadata(cls: unknown, property: string): ExposeMetadata | undefined;
  getExposedProperties(cls: unknown, direction: number): readonly string[];
  getExcludedProperties(cls: unknown, direction: number): readonly string[];
  getStrategy(cls: unknown): 'excludeAll' | 'exposeAll' | 'none';
}

/** What @Type wrote. */
export interface TypeMetadata {
  readonly typeFunction?: (help?: undefined) => unknown;
  readonly options?: { readonly discriminator?: Discriminator; readonly keepDiscriminatorProperty?: boolean };
}

/** How one of several classes is chosen by a property. */
export interface Discriminator {
  readonly property: string;
  readonly subTypes: readonly { readonly name: string; readonly value: unknown }[];
}

interface ExposeMetadata {
  readonly options?: { readonly name?: string; readonly groups?: readonly string[] };
}

const require = createRequire(import.meta.url);
/** Asked for at every field of every class, and so not by `require` each time. */
const loaded = new Map<string, unknown>();

function load(name: string): unknown {
  if (!loaded.has(name)) loaded.set(name, require(name));
  return loaded.get(name);
}

/** class-validator, if a decorator of it has been used; importing it costs more than all of this package. */
export function classValidator(): ClassValidator | undefined {
  return 'classValidatorMetadataStorage' in globalThis ? loadClassValidator() : undefined;
}

/** class-validator, for who knows that the author uses it. */
export function loadClassValidator(): ClassValidator {
  return load('class-validator') as ClassValidator;
}

/** class-transformer itself, for classes whose decorators convert values. */
export function classTransformer(): ClassTransformer {
  return load('class-transformer') as ClassTransformer;
}

/** What class-transformer's decorators wrote, without loading the rest of it; undefined where it is not installed. */
export function transformerStorage(): TransformerStorage | undefined {
  try {
    return (load('class-transformer/cjs/storage.js') as { defaultMetadataStorage: TransformerStorage })
      .defaultMetadataStorage;
  } catch {
    loaded.set('class-transformer/cjs/storage.js', {});
    return undefined;
  }
}

/**
 * The validators on the fields of a class and of those it extends; none if it is no class at all.
 *
 * With groups, only those that belong to one of them, or to all.
 */
export function validatorsOf(cls: unknown, groups: readonly string[] = []): readonly ValidatorMetadata[] {
  if (!isClass(cls)) return [];
  const storage = classValidator()?.getMetadataStorage();
  return storage
    ? narrowed(storage, cls).getTargetValidationMetadatas(cls, '', false, false, [...groups])
    : [];
}

function isClass(value: unknown): value is ReadableClass & (() => void) {
  return typeof value === 'function' && typeof value.prototype === 'object';
}

/** To find the ancestors of a class, the library goes through every class there is: it is shown only those that count. */
function narrowed(storage: MetadataStorage, cls: ReadableClass): MetadataStorage {
  const { validationMetadatas: all } = storage as unknown as { readonly validationMetadatas?: unknown };
  if (!(all instanceof Map)) return storage;
  const own = new Map<unknown, unknown>();
  for (const each of classChain(cls)) if (all.has(each)) own.set(each, all.get(each));
  return Object.create(storage, { validationMetadatas: { value: own } }) as MetadataStorage;
}

/** class-transformer's own number for the way from plain objects to instances. */
export const TO_CLASS = 0;
/** And for the way back, which results go. */
export const TO_PLAIN = 1;

import { createRequire } from 'node:module';
import type { MetadataStorage, ValidationError, ValidatorOptions } from 'class-validator';

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

const load = createRequire(import.meta.url);

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
    return undefined;
  }
}

/**
 * The validators on the fields of a class and of those it extends; none if it is no class at all.
 *
 * With groups, only those that belong to one of them, or to all.
 */
export function validatorsOf(cls: unknown, groups: readonly string[] = []): readonly ValidatorMetadata[] {
  if (typeof cls !== 'function' || typeof cls.prototype !== 'object') return [];
  const storage = classValidator()?.getMetadataStorage();
  return storage?.getTargetValidationMetadatas(cls, '', false, false, [...groups]) ?? [];
}

/** class-transformer's own number for the way from plain objects to instances. */
export const TO_CLASS = 0;

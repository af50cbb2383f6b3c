import { FrameworkError } from '../errors/framework-error.js';
import type { Issue } from '../schema/schema.js';
import type { CompiledConfig } from './compile-config.js';
import type { ConfigField } from './config-field.js';
import { readEnvFile } from './env-file.js';
import { printedValue } from './printed-value.js';

/** Where the values of a config are looked for, besides the defaults of its class; the first that has one: values, env, file. */
export interface ConfigOptions<T extends object = object> {
  /** Default: the environment of the process, as it is when the app starts. */
  readonly env?: Readonly<Record<string, string | undefined>>;
  /** A file in the manner of `.env`; that there is none is no mistake. */
  readonly file?: string;
  /** What the program says itself. */
  readonly values?: Partial<T>;
}

/** What is printed of one field: its value, `***` for a secret, and where that came from. */
export interface Setting {
  readonly variable: string;
  readonly value: string;
  readonly from: string;
}

/** A value as it was found, and where. */
type Found = Pick<Setting, 'from'> & { readonly field: ConfigField; readonly value: unknown };

/**
 * Reads a config, and says where each value came from.
 *
 * @throws {FrameworkError} ERR_CONFIG_INVALID, with all that is wrong
 */
export async function readConfig(
  { cls, validated, typed }: CompiledConfig,
  options: ConfigOptions,
): Promise<{ readonly config: object; readonly settings: readonly Setting[] }> {
  const find = finder(cls.name, options);
  const parts = [validated, typed].filter((part) => part !== undefined);
  const found = parts.map((part) => part.fields.map(find));
  const results = await Promise.all(
    parts.map(async (part, i) => part.schema.validate(valuesOf(found[i] ?? []))),
  );
  const list = results.flatMap((result, i) =>
    result.ok ? [] : result.issues.map((issue) => tell(issue, found[i] ?? [])),
  );
  if (list.length > 0)
    throw new FrameworkError('ERR_CONFIG_INVALID', { owner: cls.name, list: list.join('\n') });
  const values = results.map((result) => (result.ok ? (result.value as object) : {}));
  const config = Object.assign(validated ? (values.shift() as object) : new cls(), ...values) as object;
  for (const { property } of found.flat().flatMap(({ field }) => (field.secret ? field : [])))
    hide(config, property);
  return { config, settings: found.flat().map((each) => setting(each, config)) };
}

/** Finds the value of a field; a variable set to nothing counts as not set, as shells and composers of files leave it. */
function finder(owner: string, { env = process.env, file, values = {} }: ConfigOptions) {
  const inFile = file === undefined ? {} : readEnvFile(file, owner);
  return (field: ConfigField): Found => {
    const { property, variable, list } = field;
    const given = (values as Readonly<Record<string, unknown>>)[property];
    if (given !== undefined) return { field, value: given, from: 'program' };
    const text = env[variable] || inFile[variable];
    if (!text) return { field, value: undefined, from: 'default' };
    const from = env[variable] ? 'environment' : (file ?? '');
    return {
      field,
      value: list && !text.startsWith('[') ? text.split(',').map((item) => item.trim()) : text,
      from,
    };
  };
}

function valuesOf(found: readonly Found[]): object {
  return Object.fromEntries(
    found.flatMap(({ field, value }) => (value === undefined ? [] : [[field.key, value]])),
  );
}

/** One line about what is wrong: the variable, the field, and the value, unless it may be a secret. */
function tell({ path, message }: Issue, found: readonly Found[]): string {
  const [key, ...rest] = path;
  const at = found.find(({ field }) => field.key === key);
  if (!at) return `- ${path.join('.')} ${message}`;
  const { variable, property } = at.field;
  const seen = at.value === undefined ? '' : `; it is "${printedValue(at.value, at.field)}" (${at.from})`;
  return `- ${variable} (${[property, ...rest].join('.')}) ${message}${seen}`;
}

function hide(config: object, property: string): void {
  const value = (config as Readonly<Record<string, unknown>>)[property];
  Object.defineProperty(config, property, { value, enumerable: false, writable: true, configurable: true });
}

function setting({ field, from }: Found, config: object): Setting {
  const value = (config as Readonly<Record<string, unknown>>)[field.property];
  return { variable: field.variable, value: printedValue(value, field), from };
}

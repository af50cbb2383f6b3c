import type { Completer } from '../components/completer.js';
import type { Component } from '../components/component.js';
import type { Context } from '../context/context.js';
import { Mistakes } from '../errors/mistakes.js';
import { UriTemplate } from '../mcp/uri-template.js';
import type { InlineComponent, InlineResource, Suggest } from '../records/inline-component.js';
import { compileArguments } from '../schema/compile-arguments.js';
import { compileParameters } from '../schema/parameters.js';
import type { CompiledSchema, SchemaSource } from '../schema/schema.js';
import { checkOptions, checkValues } from './check-options.js';
import type { CompileHost } from './compile-host.js';
import { promptOf } from './compile-prompt.js';
import { resourceOf } from './compile-resource.js';
import { toolOf } from './compile-tool.js';
import { SHAPES } from './option-shapes.js';

type Run = (args: unknown, context: Context) => unknown;

/** A component without a class, compiled. */
export function compileInline(
  { kind, of }: InlineComponent,
  { websiteUrl, validation }: Pick<CompileHost, 'websiteUrl' | 'validation'>,
): Component {
  const label = `${kind} '${of.name}'`;
  checkInline(kind, of, label);
  const run = of.run as Run;
  const common = {
    name: of.name,
    label,
    description: undefined,
    websiteUrl,
    run: (context: Context, args: unknown) => run.call(of, args, context),
  };
  switch (kind) {
    case 'tool':
      return toolOf(of, { ...common, validation, input: inputOf(of.input, label) });
    case 'prompt':
      return promptOf(of, {
        ...common,
        input: inputOf(of.input, label),
        completers: completersOf(of.complete),
      });
    case 'resource':
      return resourceOf(of, {
        ...common,
        uri: of.uri,
        input: variablesOf(of, label),
        completers: completersOf(of.complete),
      });
  }
}

const INLINE_SHAPES = {
  tool: SHAPES.inlineTool,
  resource: SHAPES.inlineResource,
  prompt: SHAPES.inlinePrompt,
} as const;

/** An object of a class may have methods on its prototype, and fields that are its own affair. */
function checkInline(kind: InlineComponent['kind'], of: InlineComponent['of'], label: string): void {
  const by = { shapes: INLINE_SHAPES[kind], mistakes: new Mistakes() };
  const { name, run } = of;
  const given = { ...of, name, run, ...(kind === 'resource' && { uri: (of as InlineResource).uri }) };
  const check = Object.getPrototypeOf(of) === Object.prototype ? checkOptions : checkValues;
  check(label, given, by);
  by.mistakes.throwIfAny(label);
}

function inputOf(input: SchemaSource<never> | undefined, label: string): CompiledSchema {
  return input ? compileArguments(input, `the arguments of ${label}`) : compileParameters([], label);
}

/** The variables of a template as strings, where nothing else is said of them. */
function variablesOf({ uri, input }: InlineResource, label: string): CompiledSchema {
  if (input) return compileArguments(input, `the variables of ${label}`);
  const { pathParams, queryParams } = readVariables(uri);
  const spec = (optional: boolean) => (name: string) =>
    ({ name, type: 'string', optional, validators: [] }) as const;
  return compileParameters([...pathParams.map(spec(false)), ...queryParams.map(spec(true))], label);
}

/** What is wrong with a URI is told when the resource is made of it. */
function readVariables(uri: string): Pick<UriTemplate, 'pathParams' | 'queryParams'> {
  try {
    return UriTemplate.parse(uri);
  } catch {
    return { pathParams: [], queryParams: [] };
  }
}

function completersOf(complete: Readonly<Record<string, Suggest>> = {}): ReadonlyMap<string, Completer> {
  return new Map(
    Object.entries(complete).map(([name, suggest]) => [
      name,
      (context, { value, args }) => suggest(value, { args, context }),
    ]),
  );
}

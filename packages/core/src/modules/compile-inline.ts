import type { Completer } from '../components/completer.js';
import type { Component } from '../components/component.js';
import type { Context } from '../context/context.js';
import type { Mistakes } from '../errors/mistakes.js';
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
import type { OptionShapes } from '../records/option-shape.js';
import { SHAPES } from './option-shapes.js';
import type { Runnable } from './runnable.js';

type Run = (args: unknown, context: Context) => unknown;

/** A component without a class, compiled; undefined if it lacks what no component is without. */
export function compileInline(
  given: InlineComponent,
  { websiteUrl, validation, mistakes }: Pick<CompileHost, 'websiteUrl' | 'validation' | 'mistakes'>,
): Component | undefined {
  const label = `${given.kind} '${given.of.name}'`;
  const component = admittedInline(given, label, mistakes);
  const run = given.of.run as Run;
  return (
    component &&
    componentOf(component, {
      label,
      websiteUrl,
      validation,
      run: (context, args) => run.call(given.of, args, context),
    })
  );
}

/** What a component is made of besides its options. */
interface InlineParts extends Pick<CompileHost, 'websiteUrl' | 'validation'> {
  readonly label: string;
  readonly run: Runnable['run'];
}

function componentOf({ kind, of }: InlineComponent, { validation, run, ...parts }: InlineParts): Component {
  const { label } = parts;
  const common = { ...parts, name: of.name, description: undefined };
  const taking = (input: () => CompiledSchema) => (): Runnable => ({ input: input(), run });
  switch (kind) {
    case 'tool':
      return toolOf(of, { ...common, validation, runnable: taking(() => inputOf(of.input, label)) });
    case 'prompt':
      return promptOf(of, {
        ...common,
        runnable: taking(() => inputOf(of.input, label)),
        completers: completersOf(of.complete),
      });
    case 'resource':
      return resourceOf(of, {
        ...common,
        uri: of.uri,
        runnable: taking(() => variablesOf(of, label)),
        completers: completersOf(of.complete),
      });
  }
}

const INLINE_SHAPES = {
  tool: SHAPES.inlineTool,
  resource: SHAPES.inlineResource,
  prompt: SHAPES.inlinePrompt,
} as const;

/** The component without options that are refused. One of a class has them on its prototype too, and fields of its own. */
function admittedInline(
  { kind, of }: InlineComponent,
  label: string,
  mistakes: Mistakes,
): InlineComponent | undefined {
  const by = { shapes: INLINE_SHAPES[kind], mistakes };
  const needed = { name: undefined, run: undefined, ...(kind === 'resource' && { uri: undefined }) };
  const admitted =
    Object.getPrototypeOf(of) === Object.prototype
      ? checkOptions(label, { ...needed, ...of }, by)
      : checkValues(label, { ...needed, ...knownOf(of, by.shapes) }, by);
  const isWhole = Object.keys(needed).every((option) => option in admitted);
  return isWhole ? ({ kind, of: admitted } as unknown as InlineComponent) : undefined;
}

function knownOf(of: object, shapes: OptionShapes): object {
  const present = Object.keys(shapes).filter((option) => option in of);
  return Object.fromEntries(present.map((option) => [option, (of as Record<string, unknown>)[option]]));
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

import { componentKey } from '../components/component-record.js';
import type { Completer } from '../components/completer.js';
import type { Prompt } from '../components/prompt.js';
import { together } from '../errors/mistakes.js';
import type { PromptDefinition } from '../mcp/types.js';
import type { PromptOptions } from '../records/prompt-record.js';
import { fromStrings } from '../schema/coercion.js';
import { DeclaredTypes } from '../schema/declared-types.js';
import { refuseMirrored } from '../schema/mirrored-arguments.js';
import type { JsonSchema } from '../schema/schema.js';
import { admitted } from './check-options.js';
import type { CompileHost } from './compile-host.js';
import { SHAPES } from './option-shapes.js';
import type { HandlerMethod } from './parameter-source.js';
import { runnable, type Runnable } from './runnable.js';
import { saidOf, withTraits } from './said-of.js';

/** A decorated method as a prompt that can be rendered. */
export function compilePrompt(method: HandlerMethod, given: PromptOptions, host: CompileHost): Prompt {
  const by = { shapes: SHAPES.prompt, mistakes: host.mistakes };
  const options = withTraits(admitted(method, given, by), method);
  const name = options.name ?? method.name;
  return promptOf(options, {
    name,
    label: method.label,
    description: method.text?.doc?.description,
    websiteUrl: host.websiteUrl,
    runnable: () => runnable(method, options),
    completers: host.completersOf(name),
  });
}

/** A prompt of its options and of what it runs. */
export function promptOf(
  options: PromptOptions,
  of: {
    name: string;
    label: string;
    description: string | undefined;
    websiteUrl: string | undefined;
    runnable(): Runnable;
    completers: ReadonlyMap<string, Completer>;
  },
): Prompt {
  const { name, label, completers } = of;
  const { said, runs } = together(label, {
    said: () => saidOf(options, { ...of, where: label }),
    runs: () => withoutHeaders(of.runnable(), label),
  });
  const { input, run } = runs;
  const args = argumentsOf(input.json);
  return Object.freeze<Prompt>({
    kind: 'prompt',
    id: name,
    name,
    version: options.version,
    key: componentKey('prompt', name, options.version),
    tags: new Set(options.tags),
    origin: label,
    enabled: options.enabled ?? true,
    caching: options.caching,
    definition: {
      ...said,
      ...(args.length > 0 && { arguments: args }),
    },
    input: fromStrings(input),
    completers,
    run,
  });
}

function withoutHeaders(runs: Runnable, label: string): Runnable {
  refuseMirrored(runs.input.json, label);
  return runs;
}

/** The properties of the input as the arguments clients ask people for. */
function argumentsOf(json: JsonSchema): NonNullable<PromptDefinition['arguments']> {
  const { properties = {}, required = [] } = json as {
    properties?: Readonly<Record<string, JsonSchema>>;
    required?: readonly string[];
  };
  const types = new DeclaredTypes(json);
  return Object.entries(properties).map(([name, property]) => {
    const description = describe(property, types.of(property));
    return {
      name,
      ...(description !== '' && { description }),
      ...(required.includes(name) && { required: true }),
    };
  });
}

/** Arguments travel as strings: what is none must be told how to be written, and of a choice nobody else tells the values. */
function describe({ description, ...shape }: JsonSchema, types: ReturnType<DeclaredTypes['of']>): string {
  const isText = types === undefined || types.includes('string');
  const hint = isText ? choiceOf(shape) : [`Written as JSON of this schema: ${JSON.stringify(shape)}`];
  return [...(typeof description === 'string' ? [description] : []), ...hint].join('\n');
}

function choiceOf({ enum: values }: JsonSchema): readonly string[] {
  const texts = Array.isArray(values) ? values.filter((value) => typeof value === 'string') : [];
  return texts.length === 0 ? [] : [`One of: ${texts.join(', ')}`];
}

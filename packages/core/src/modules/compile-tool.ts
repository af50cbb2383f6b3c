import { componentKey } from '../components/component-record.js';
import type { Tool } from '../components/tool.js';
import { FrameworkError } from '../errors/framework-error.js';
import { together } from '../errors/mistakes.js';
import type { ToolDefinition } from '../mcp/types.js';
import type { ToolOptions } from '../records/tool-record.js';
import { withCoercion } from '../schema/coercion.js';
import { compileSchema } from '../schema/compile.js';
import { mirroredArguments } from '../schema/mirrored-arguments.js';
import { rebaseRefs } from '../schema/rebase-refs.js';
import type { CompiledSchema, ValidationMode } from '../schema/schema.js';
import { admitted } from './check-options.js';
import type { CompileHost } from './compile-host.js';
import { SHAPES } from './option-shapes.js';
import type { HandlerMethod } from './parameter-source.js';
import { runnable, type Runnable } from './runnable.js';
import { saidOf, withTraits } from './said-of.js';

const NAME = /^[A-Za-z0-9_.-]{1,128}$/;

/** A decorated method as a tool that can run. */
export function compileTool(method: HandlerMethod, given: ToolOptions, host: CompileHost): Tool {
  const by = { shapes: SHAPES.tool, mistakes: host.mistakes };
  const options = withTraits(admitted(method, given, by), method);
  return toolOf(options, {
    name: options.name ?? method.name,
    label: method.label,
    description: method.text?.doc?.description,
    websiteUrl: host.websiteUrl,
    validation: host.validation,
    runnable: () => runnable(method, options),
  });
}

/** What a tool is made of besides its options. */
export interface ToolParts {
  readonly name: string;
  readonly label: string;
  readonly description: string | undefined;
  readonly websiteUrl: string | undefined;
  readonly validation: ValidationMode;
  runnable(): Runnable;
}

/** A tool of its options and of what it runs. */
export function toolOf(options: ToolOptions, of: ToolParts): Tool {
  const { label } = of;
  const { name, said, output, runs } = together(label, {
    name: () => nameOf(of),
    said: () => saidOf(options, { ...of, where: label }),
    output: () => outputOf(options, label),
    runs: () => withHeaders(of.runnable(), label),
  });
  const { input, mirrored, run } = runs;
  const wrapped = output !== undefined && output.json.type !== 'object';
  return Object.freeze<Tool>({
    kind: 'tool',
    id: name,
    name,
    version: options.version,
    key: componentKey('tool', name, options.version),
    tags: new Set(options.tags),
    origin: label,
    enabled: options.enabled ?? true,
    caching: options.caching,
    definition: {
      ...said,
      inputSchema: input.json as ToolDefinition['inputSchema'],
      ...(output && { outputSchema: publishOutput(output, wrapped) }),
      ...(options.annotations && { annotations: options.annotations }),
    },
    input: of.validation === 'strict' ? input : withCoercion(input),
    output,
    outputShape: output ? (wrapped ? 'wrapped' : 'object') : 'none',
    mirrored,
    timeoutMs: options.timeoutMs,
    run,
  });
}

function nameOf({ name, label }: ToolParts): string {
  if (NAME.test(name)) return name;
  throw new FrameworkError('ERR_TOOL_NAME', { method: label, name });
}

function outputOf({ output }: ToolOptions, label: string): CompiledSchema | undefined {
  return output && compileSchema(output, `the output of ${label}`, { direction: 'output' });
}

function withHeaders(runs: Runnable, label: string): Runnable & Pick<Tool, 'mirrored'> {
  return { ...runs, mirrored: mirroredArguments(runs.input.json, label) };
}

/** References of what is wrapped then begin where it stands. */
function publishOutput(
  { json }: CompiledSchema,
  wrapped: boolean,
): NonNullable<ToolDefinition['outputSchema']> {
  if (!wrapped) return json as NonNullable<ToolDefinition['outputSchema']>;
  const result = rebaseRefs(json, '#/properties/result');
  return { type: 'object', properties: { result }, required: ['result'] };
}

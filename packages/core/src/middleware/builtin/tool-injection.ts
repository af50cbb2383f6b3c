import type { Tool } from '../../components/tool.js';
import { Middleware } from '../../decorators/middleware.js';
import { Mistakes } from '../../errors/mistakes.js';
import type { CallToolResult } from '../../mcp/types.js';
import { compileInline } from '../../modules/compile-inline.js';
import type { InlineComponent } from '../../records/inline-component.js';
import { demanded, listOf, oneOf, type ShapesOf } from '../../records/option-shape.js';
import { refuseMirrored } from '../../schema/mirrored-arguments.js';
import type { ValidationMode } from '../../schema/schema.js';
import type { Call, MessageCall, Next } from '../call.js';
import type { CallToolParams, ListToolsResult, MiddlewareHooks } from '../hooks.js';
import { checked } from './checked.js';

/** Options of ToolInjection. */
export interface ToolInjectionOptions {
  /** Made by `tool()`. */
  readonly tools: readonly InlineComponent[];
  /** As the option of a module. Default: `lax`. */
  readonly validation?: ValidationMode;
}

const SHAPES: ShapesOf<ToolInjectionOptions> = {
  tools: demanded(
    listOf('tools made by tool()', (each) => (each as InlineComponent | null)?.kind === 'tool'),
  ),
  validation: oneOf('lax', 'strict'),
};

/**
 * Adds tools in front of those of the server: they stand first in the list, and shadow real tools of their names.
 *
 * A call goes on through the middleware behind it as a call of that tool; middleware in front sees what the server itself has of the
 * name. Tags and `visible` hide real tools, not these.
 */
@Middleware({ options: SHAPES, check: compileTools })
export class ToolInjection implements MiddlewareHooks {
  // A Map, so that a name like "constructor" finds nothing.
  readonly #tools: ReadonlyMap<string, Tool>;

  constructor(options: ToolInjectionOptions) {
    this.#tools = compileTools(checked('ToolInjection', options, SHAPES));
  }

  async onListTools(call: Call<{ readonly cursor?: unknown }>, next: Next<never, ListToolsResult>) {
    const list = await next();
    const others = list.tools.filter(({ name }) => !this.#tools.has(name));
    // They belong to the first page.
    const own = call.params.cursor === undefined ? [...this.#tools.values()] : [];
    return { ...list, tools: [...own.map(({ definition }) => definition), ...others] };
  }

  onCallTool(call: Call<CallToolParams>, next: Next<CallToolParams, CallToolResult>) {
    const component = this.#tools.get(call.params.name);
    if (!component) return next();
    const led: Call = (call as Call as MessageCall).leadingTo({ component });
    return next(led);
  }
}

function compileTools({ tools, validation = 'lax' }: ToolInjectionOptions): ReadonlyMap<string, Tool> {
  const mistakes = new Mistakes();
  const compiled = new Map<string, Tool>();
  for (const each of tools) {
    const made = mistakes.attempt(() => compileTool(each, { websiteUrl: undefined, validation, mistakes }));
    if (!made) continue;
    const { name, origin } = made;
    if (compiled.has(name))
      mistakes.add('ERR_COMPONENT_DUPLICATE', { kind: 'tool', name, first: origin, second: origin });
    if (made.enabled) compiled.set(name, made);
  }
  mistakes.throwIfAny('ToolInjection');
  return compiled;
}

function compileTool(
  component: InlineComponent,
  host: Parameters<typeof compileInline>[1],
): Tool | undefined {
  const made = compileInline(component, host) as Tool | undefined;
  if (made) refuseMirrored(made.input.json, made.origin, 'nobody checks the headers of an injected tool');
  return made;
}

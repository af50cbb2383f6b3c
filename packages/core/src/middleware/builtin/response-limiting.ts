import { Middleware } from '../../decorators/middleware.js';
import type { CallToolResult } from '../../mcp/types.js';
import { isText, listOf, number, TEXT, type ShapesOf } from '../../records/option-shape.js';
import type { Call, Next } from '../call.js';
import type { CallToolParams, MiddlewareHooks } from '../hooks.js';
import { checked } from './checked.js';
import { limitResult } from './limit-result.js';

/** Options of ResponseLimiting. */
export interface ResponseLimitingOptions {
  /** So many bytes of JSON the result of a tool may have. Default: 1 000 000. */
  readonly maxBytes?: number;
  /** What a text ends with that has been cut. */
  readonly suffix?: string;
  /** Only these tools. Default: all. */
  readonly tools?: readonly string[];
}

const SHAPES: ShapesOf<ResponseLimitingOptions> = {
  maxBytes: number('a whole number of bytes above 0', (value) => value > 0 && Number.isInteger(value)),
  suffix: TEXT,
  tools: listOf('names of tools', isText),
};

/**
 * Cuts what tools answer to a size that clients and models can take: text where it is too long, between two characters.
 *
 * Structured content is given whole or not at all. Without it a tool that publishes an output schema has failed, with the text cut.
 */
@Middleware({ options: SHAPES })
export class ResponseLimiting implements MiddlewareHooks {
  readonly #maxBytes: number;
  readonly #suffix: string;
  readonly #tools: ReadonlySet<string> | undefined;

  constructor(options: ResponseLimitingOptions = {}) {
    const {
      maxBytes = 1_000_000,
      suffix = '\n\n[Response truncated due to size limit]',
      tools,
    } = checked('ResponseLimiting', options, SHAPES);
    this.#maxBytes = maxBytes;
    this.#suffix = suffix;
    this.#tools = tools && new Set(tools);
  }

  async onCallTool(call: Call<CallToolParams>, next: Next<CallToolParams, CallToolResult>) {
    const result = await next();
    if (this.#tools?.has(call.params.name) === false || 'resultType' in result) return result;
    const checked = call.component?.kind === 'tool' && call.component.output !== undefined;
    return limitResult(result, { maxBytes: this.#maxBytes, suffix: this.#suffix, checked });
  }
}

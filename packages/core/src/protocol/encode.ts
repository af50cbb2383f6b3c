import { RPC } from '../errors/protocol-error.js';
import type { Outcome } from '../context/outcome.js';
import type { Era } from '../mcp/era.js';
import { META } from '../mcp/era.js';
import type { Params, RequestId } from '../mcp/message.js';
import type { Implementation } from '../mcp/types.js';

/** Writes answers: what each era adds to a result is text made at boot. */
export class Encoder {
  readonly #modernTail: string;
  readonly #serverMeta: Params;

  constructor(info: Implementation) {
    this.#serverMeta = { [META.serverInfo]: info };
    this.#modernTail = `"resultType":"complete","_meta":${JSON.stringify(this.#serverMeta)}}`;
  }

  /** The text of an answer; undefined where there is none to give. What JSON cannot carry becomes an internal error. */
  answer(id: RequestId | null, outcome: Outcome, era: Era): string | undefined {
    try {
      return this.#write(id, outcome, era);
    } catch (error) {
      const message = `Internal error: the answer is no JSON (${error instanceof Error ? error.name : 'unknown'})`;
      return JSON.stringify({ jsonrpc: '2.0', id, error: { code: RPC.internalError, message } });
    }
  }

  #write(id: RequestId | null, outcome: Outcome, era: Era): string | undefined {
    switch (outcome.is) {
      case 'none':
        return undefined;
      case 'error': {
        const { code, message, data } = outcome;
        return JSON.stringify({
          jsonrpc: '2.0',
          id,
          error: { code, message, ...(data !== undefined && { data }) },
        });
      }
      case 'json':
        return this.#result(id, era === 'modern' ? this.#withTail(outcome.text) : outcome.text);
      case 'result':
        return this.#result(
          id,
          era === 'modern' ? this.#modern(outcome.value) : JSON.stringify(outcome.value),
        );
    }
  }

  #result(id: RequestId | null, result: string): string {
    return `{"jsonrpc":"2.0","id":${typeof id === 'number' ? id : JSON.stringify(id)},"result":${result}}`;
  }

  #modern(value: object): string {
    const { _meta, resultType } = value as { _meta?: Params; resultType?: string };
    if (_meta === undefined && resultType === undefined) return this.#withTail(JSON.stringify(value));
    return JSON.stringify({
      ...value,
      resultType: resultType ?? 'complete',
      _meta: { ...this.#serverMeta, ..._meta },
    });
  }

  #withTail(text: string): string {
    return text === '{}' ? `{${this.#modernTail}` : `${text.slice(0, -1)},${this.#modernTail}`;
  }
}

/** The text of a notification. */
export function encodeNotification(method: string, params: Params): string {
  return JSON.stringify({ jsonrpc: '2.0', method, params });
}

import type { Params } from '../mcp/message.js';
import type { QuestionMethod } from './question.js';

/** Questions a handler asks by returning them, instead of waiting for their answers. */
export class InputRequired {
  readonly requests: Readonly<Record<string, { readonly method: QuestionMethod; readonly params?: Params }>>;
  /** JSON that comes back with the answers, unreadable to the client. */
  readonly state: unknown;

  constructor(of: Pick<InputRequired, 'requests'> & { readonly state?: unknown }) {
    this.requests = of.requests;
    this.state = of.state;
  }
}

/**
 * Asks the client by ending this run of the handler: it runs again with `ctx.inputResponses` and `ctx.requestState`.
 *
 * The explicit form of `ctx.elicit()` and its kin, in both eras; each request stands under a key of your own.
 */
export function inputRequired(of: ConstructorParameters<typeof InputRequired>[0]): InputRequired {
  return new InputRequired(of);
}

import { ToolError } from '../errors/component-error.js';
import type { Params } from '../mcp/message.js';
import type { Issue } from '../schema/schema.js';
import { elicitForm, type ElicitForm, type Elicited, type ElicitType } from './elicit-form.js';
import type { Question } from './question.js';

/** How a question is asked. */
export interface AskOptions {
  /** Ties the answer to the question where its words may change from run to run; unique within the call. */
  readonly key?: string;
  /** How long a client of the older era may take, in milliseconds. Default: 5 minutes. */
  readonly timeoutMs?: number;
}

/** What a person said to a question. */
export type ElicitResult<T> =
  { readonly action: 'accept'; readonly data: T } | { readonly action: 'decline' | 'cancel' };

/** The person did not give what was asked for. */
export class ElicitationDeclined extends ToolError {
  /** `cancel`: closed without a choice. */
  readonly action: 'decline' | 'cancel';

  constructor(action: 'decline' | 'cancel') {
    super(action === 'decline' ? 'The person declined to answer' : 'The person did not answer');
    this.action = action;
  }
}

/** Asks a question of a client. */
export type Ask = (question: Question, options: AskOptions) => Promise<unknown>;

/** Asks the person to fill in a form. */
export async function elicit<E extends ElicitType>(
  ask: Ask,
  of: { readonly message: string; readonly type: E; readonly options: AskOptions },
): Promise<ElicitResult<Elicited<E>>> {
  const form = elicitForm(of.type);
  const params = { message: of.message, requestedSchema: form.json };
  const answer = (await ask({ method: 'elicitation/create', params, key: of.options.key }, of.options)) as {
    action: 'accept' | 'decline' | 'cancel';
    content?: Params;
  };
  if (answer.action !== 'accept') return { action: answer.action };
  return { action: 'accept', data: (await valueOf(form, answer.content ?? {})) as Elicited<E> };
}

/** What a filled in form says; refused if it is not what was asked for. */
async function valueOf(form: ElicitForm, content: Params): Promise<unknown> {
  if (form.field) {
    if (form.field.admits(content.value)) return content.value;
    throw new ToolError('The answer to the question is not of the kind that was asked for');
  }
  const checked = await form.schema?.validate(content);
  if (checked?.ok) return checked.value;
  throw new ToolError(`The answer to the question does not fit: ${textOf(checked?.issues ?? [])}`);
}

function textOf(issues: readonly Issue[]): string {
  return issues.map(({ path, message }) => `${path.join('.')} ${message}`).join('; ');
}

import type { Question } from '@tenon/core';
import type {
  CreateMessageRequest,
  CreateMessageResult,
  CreateMessageResultWithTools,
  ElicitRequest,
  ElicitResult,
  Root,
} from '@modelcontextprotocol/sdk/types.js';

/**
 * What a client answers when the server asks.
 *
 * The client declares the capabilities of the kinds that are here, and no others. A question of such a kind that no answer is left
 * for fails the test, whatever the handler makes of it.
 */
export interface Answers {
  /** What the person says: `{ action: 'accept', content: { … } }`; a plain type has its value in `content.value`. */
  readonly elicit?: Answer<ElicitRequest, ElicitResult>;
  /** What the model says: a text, or a result of the protocol. */
  readonly sample?: Answer<CreateMessageRequest, string | CreateMessageResult | CreateMessageResultWithTools>;
  /** The folders that the client opens to the server. */
  readonly roots?: readonly Root[];
}

/**
 * One answer to all questions of a kind, or several, in the order of the questions: `[yes, no]`.
 *
 * Each may be a function, which makes the answer of its question; what it throws fails the test.
 */
export type Answer<Q, A> = OneAnswer<Q, A> | readonly OneAnswer<Q, A>[];

type OneAnswer<Q, A> = A | ((question: Question & Q) => A | undefined | Promise<A | undefined>);

/** The answers to questions of all kinds, in their order, as the protocol has them. */
export type AnswersInOrder = readonly (object | ((question: Question) => unknown))[];

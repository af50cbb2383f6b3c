import type { Question, QuestionMethod } from '@tenon/core';
import type { Answers, AnswersInOrder } from './answers.js';

const KINDS = {
  'elicitation/create': { name: 'elicit', capabilities: { elicitation: { form: {}, url: {} } } },
  'sampling/createMessage': { name: 'sample', capabilities: { sampling: { tools: {}, context: {} } } },
  'roots/list': { name: 'roots', capabilities: { roots: {} } },
} as const;

const METHODS = Object.keys(KINDS) as QuestionMethod[];

/** The answers of one client, and how far it has come with them. */
export class AnswerSheet {
  /** The kinds of question that have answers. */
  readonly methods: readonly QuestionMethod[];
  /** What a client with these answers declares. */
  readonly capabilities: object;
  /** What is given, by the words that an author finds it under. */
  readonly #given: (method: QuestionMethod) => { readonly at: string; readonly answers: unknown };
  readonly #asked = new Map<string, number>();

  constructor(answers: Answers | AnswersInOrder = {}) {
    this.#given = isInOrder(answers)
      ? () => ({ at: 'answers', answers })
      : (method) => ({ at: `answers.${KINDS[method].name}`, answers: ofKind(answers, method) });
    this.methods = METHODS.filter((method) => this.#given(method).answers !== undefined);
    this.capabilities = Object.assign(
      {},
      ...this.methods.map((method) => KINDS[method].capabilities),
    ) as object;
  }

  /** The answer to a question, as a client sends it; an error that shows the question if there is none. */
  async answer(question: Question): Promise<object> {
    const { at, answers } = this.#given(question.method);
    const count = (this.#asked.get(at) ?? 0) + 1;
    this.#asked.set(at, count);
    const next: unknown = Array.isArray(answers) ? answers[count - 1] : answers;
    const answer: unknown = typeof next === 'function' ? await (next as Asking)(question) : next;
    if (answer === undefined)
      throw new Error(
        `${at} has no answer to question ${count}, ${question.method} ${JSON.stringify(question.params)}`,
      );
    return typeof answer === 'string' ? fromModel(answer) : (answer as object);
  }
}

type Asking = (question: Question) => unknown;

function isInOrder(answers: Answers | AnswersInOrder): answers is AnswersInOrder {
  return Array.isArray(answers);
}

/** The roots are one answer, however many they are. */
function ofKind(answers: Answers, method: QuestionMethod): unknown {
  const { name } = KINDS[method];
  return name === 'roots' ? answers.roots && { roots: answers.roots } : answers[name];
}

function fromModel(text: string): object {
  return { role: 'assistant', model: 'test', content: { type: 'text', text }, stopReason: 'endTurn' };
}

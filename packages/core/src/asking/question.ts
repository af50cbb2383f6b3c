import type { Params, Peer } from '../mcp/message.js';

/** What a server may ask of a client while it answers one of its requests. */
export type QuestionMethod = 'elicitation/create' | 'sampling/createMessage' | 'roots/list';

/** One question to the client: to the person, to the model, or for its roots. */
export interface Question {
  readonly method: QuestionMethod;
  readonly params: Params;
  /** Ties an answer to its question where the words of the question may change from run to run. */
  readonly key?: string | undefined;
}

/** What a question needs of a client that has not declared it. */
export interface Lacking {
  /** The capabilities, as the client would have to declare them. */
  readonly capabilities: Params;
  /** The same as a sentence. */
  readonly sentence: string;
}

/** What a client lacks to answer a question; undefined if it can. */
export function lackingFor({ method, params }: Question, peer: Peer): Lacking | undefined {
  const needed = NEEDS[method](params);
  const [name] = Object.keys(needed);
  const declared = name === undefined ? undefined : peer.capabilities[name];
  if (name === undefined || fits(declared, needed[name] as Params, name)) return undefined;
  const [part] = Object.keys(needed[name] as Params);
  const capability = part === undefined ? name : `${name}.${part}`;
  return {
    capabilities: needed,
    sentence: `The client does not support ${WORDS[method]}: it declares no capability "${capability}"`,
  };
}

/**
 * A question as 2026-07-28 asks it: nothing is told of a page after it was asked for, so it has no name.
 *
 * @see https://modelcontextprotocol.io/specification/2026-07-28/changelog
 */
export function withoutPageName(question: Question): Question {
  if (!('elicitationId' in question.params)) return question;
  const { elicitationId: _, ...params } = question.params;
  return { ...question, params };
}

const WORDS: Readonly<Record<QuestionMethod, string>> = {
  'elicitation/create': 'elicitation',
  'sampling/createMessage': 'sampling',
  'roots/list': 'roots',
};

const NEEDS: Readonly<Record<QuestionMethod, (params: Params) => Readonly<Record<string, Params>>>> = {
  'elicitation/create': ({ mode }) => ({ elicitation: mode === 'url' ? { url: {} } : {} }),
  'sampling/createMessage': ({ tools, includeContext }) => ({
    sampling: {
      ...(tools !== undefined && { tools: {} }),
      ...(includeContext !== undefined && includeContext !== 'none' && { context: {} }),
    },
  }),
  'roots/list': () => ({ roots: {} }),
};

function fits(declared: unknown, needed: Params, name: string): boolean {
  if (typeof declared !== 'object' || declared === null) return false;
  if (!Object.keys(needed).every((part) => part in declared)) return false;
  // A client that names modes of elicitation has forms only if it names them; one that names none has them.
  const onlyUrl = name === 'elicitation' && 'url' in declared && !('form' in declared);
  return !(onlyUrl && !('url' in needed));
}

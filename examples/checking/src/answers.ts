import {
  CreateMessageRequestSchema,
  ElicitRequestSchema,
  ListRootsRequestSchema,
} from '@modelcontextprotocol/sdk/types.js';

/** What a server may ask a client, and how the client answers: by the method of the protocol, from its parameters. */
export type Answers = Readonly<Partial<Record<keyof typeof QUESTIONS, (params: never) => unknown>>>;

/** What a client says of itself to be asked, and the schema by which the older client knows the question. */
const QUESTIONS = {
  'elicitation/create': { capability: { elicitation: { form: {}, url: {} } }, schema: ElicitRequestSchema },
  'sampling/createMessage': { capability: { sampling: { tools: {} } }, schema: CreateMessageRequestSchema },
  'roots/list': { capability: { roots: {} }, schema: ListRootsRequestSchema },
} as const;

/** The capabilities of a client that gives some answers. */
export function capabilitiesOf(answers: Answers): object {
  return Object.assign({}, ...methodsOf(answers).map((method) => QUESTIONS[method].capability)) as object;
}

/** Lets a client of either era answer: the older one takes a question by its schema, the newer one by its name. */
export function answerWith(
  client: { setRequestHandler(of: never, run: never): void },
  answers: Answers,
  by: 'schema' | 'name',
): void {
  for (const method of methodsOf(answers)) {
    const run = ({ params }: { params: never }): unknown => answers[method]?.(params);
    client.setRequestHandler((by === 'name' ? method : QUESTIONS[method].schema) as never, run as never);
  }
}

function methodsOf(answers: Answers): (keyof typeof QUESTIONS)[] {
  return Object.keys(answers) as (keyof typeof QUESTIONS)[];
}

/** What is wrong with what a server has sent; undefined if it is JSON-RPC, and tells of no failure inside. */
export function answerProblem(text: string): string | undefined {
  // Nothing a client sends is a reason for an error that goes to the log of the server.
  if (/\(ref [0-9a-f]{10}\)/.test(text)) return 'it is an internal error';
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return 'it is no JSON';
  }
  if (!Array.isArray(value)) return messageProblem(value);
  if (value.length === 0) return 'it is an empty batch';
  return value.map(messageProblem).find((problem) => problem !== undefined);
}

function messageProblem(value: unknown): string | undefined {
  if (!isObject(value)) return 'it is no object';
  const { jsonrpc, id, method, params } = value;
  if (jsonrpc !== '2.0') return 'jsonrpc is not "2.0"';
  if ('method' in value) {
    if (typeof method !== 'string') return 'its method is no text';
    if (params !== undefined && !isObject(params)) return 'its params are no object';
    return id === undefined || isId(id) ? undefined : 'its id is none';
  }
  return answerProblemOf(value);
}

function answerProblemOf({ id, result, error, ...more }: Record<string, unknown>): string | undefined {
  if (Object.keys(more).join() !== 'jsonrpc') return `it has ${Object.keys(more).join()}`;
  if ((result === undefined) === (error === undefined)) return 'it has not one of result and error';
  if (result !== undefined) return isObject(result) && isId(id) ? undefined : 'its result or its id is none';
  if (!isObject(error) || !Number.isInteger(error.code)) return 'its error has no integer code';
  if (typeof error.message !== 'string' || error.message === '') return 'its error says nothing';
  return isId(id) || id === null ? undefined : 'its id is none';
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isId(id: unknown): boolean {
  return typeof id === 'string' || Number.isSafeInteger(id);
}

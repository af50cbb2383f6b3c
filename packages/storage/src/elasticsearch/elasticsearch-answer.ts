import { reasonOf } from '../store-fault.js';

/** What Elasticsearch has answered with an error: its status, if there was an answer, and the name of the error. */
export interface ElasticsearchAnswer {
  readonly status: number | undefined;
  readonly reason: string;
}

/**
 * What an error of the client says.
 *
 * Nothing else of it is used: with it comes the request, in which there is the value, and its text may quote it.
 */
export function answerOf(error: unknown): ElasticsearchAnswer {
  const { statusCode, body } = ((error as { readonly meta?: unknown }).meta ?? {}) as {
    readonly statusCode?: number;
    readonly body?: { readonly error?: { readonly type?: string } };
  };
  const type = body?.error?.type;
  if (type !== undefined) return { status: statusCode, reason: type };
  return { status: statusCode, reason: statusCode ? `status ${statusCode}` : reasonOf(error) };
}

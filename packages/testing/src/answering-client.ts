import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import type { AnySchema, SchemaOutput } from '@modelcontextprotocol/sdk/server/zod-compat.js';
import type { RequestOptions } from '@modelcontextprotocol/sdk/shared/protocol.js';
import {
  CreateMessageRequestSchema,
  ElicitRequestSchema,
  ListRootsRequestSchema,
  type ClientRequest,
} from '@modelcontextprotocol/sdk/types.js';
import type { Question } from '@tenon/core';
import type { AnswerSheet } from './answer-sheet.js';

const SCHEMAS = {
  'elicitation/create': ElicitRequestSchema,
  'sampling/createMessage': CreateMessageRequestSchema,
  'roots/list': ListRootsRequestSchema,
} as const;

/**
 * The client of 2025-11-25, with answers.
 *
 * There a question without an answer would be an error for the server alone, whose handler may go on without: here it ends the
 * requests that wait as well, so that a test hears of it.
 */
export class AnsweringClient extends Client {
  readonly #waiting = new Set<(reason: unknown) => void>();

  constructor(sheet: AnswerSheet) {
    super({ name: 'test', version: '1.0.0' }, { capabilities: sheet.capabilities });
    for (const method of sheet.methods)
      this.setRequestHandler(SCHEMAS[method], ({ params = {} }) => this.#answer(sheet, { method, params }));
  }

  override async request<T extends AnySchema>(
    request: ClientRequest,
    schema: T,
    options?: RequestOptions,
  ): Promise<SchemaOutput<T>> {
    let fail: (reason: unknown) => void = () => undefined;
    const failed = new Promise<never>((_, reject) => {
      fail = reject;
    });
    this.#waiting.add(fail);
    try {
      return await Promise.race([super.request(request, schema, options), failed]);
    } finally {
      this.#waiting.delete(fail);
    }
  }

  async #answer(sheet: AnswerSheet, question: Question): Promise<object> {
    try {
      return await sheet.answer(question);
    } catch (error) {
      for (const fail of this.#waiting) fail(error);
      throw error;
    }
  }
}

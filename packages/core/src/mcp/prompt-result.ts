import { isContentBlock, toBlock } from './content.js';
import { NotPlain, toPlain } from './plain.js';
import type { ContentBlock, GetPromptResult, PromptMessage } from './types.js';

const BRAND = Symbol.for('tenon.PromptResult');

/** One message of a prompt, said by the user or by the assistant. */
export class Message implements PromptMessage {
  readonly role: 'user' | 'assistant';
  readonly content: ContentBlock;

  private constructor(role: 'user' | 'assistant', content: unknown) {
    if (content === undefined || content === null) throw new TypeError('A Message needs content');
    if (Array.isArray(content) && content.some(isContentBlock))
      throw new TypeError('A Message holds one block: make a message of each');
    this.role = role;
    this.content = toBlock(content, 'content');
  }

  /** What the user says: text, one content block, bytes, or a value that is said as JSON. */
  static user(content: string | object): Message {
    return new Message('user', content);
  }

  /** What the assistant says: text, one content block, bytes, or a value that is said as JSON. */
  static assistant(content: string | object): Message {
    return new Message('assistant', content);
  }
}

/** A prompt's result said in full, where what the method returns would say too little. */
export class PromptResult {
  readonly messages: readonly PromptMessage[];
  readonly description: string | undefined;
  readonly meta: Readonly<Record<string, unknown>> | undefined;

  /** Messages are what a method may return: text, messages and content blocks, one or a list. */
  constructor(parts: {
    readonly messages:
      string | PromptMessage | ContentBlock | readonly (string | PromptMessage | ContentBlock)[];
    readonly description?: string;
    readonly meta?: Readonly<Record<string, unknown>>;
  }) {
    this.messages = messagesOf(parts.messages, 'messages');
    this.description = parts.description;
    this.meta = parts.meta;
    Object.defineProperty(this, BRAND, { value: true });
  }

  /** Whether a value is a PromptResult, also one made by another copy of this package. */
  static is(value: unknown): value is PromptResult {
    return typeof value === 'object' && value !== null && BRAND in value;
  }
}

/**
 * Whatever a prompt returned, as the protocol's result, with the prompt's own description if the result has none.
 *
 * Throws NotPlain for nothing, and for what cannot be sent.
 */
export function toPromptResult(value: unknown, description: string | undefined): GetPromptResult {
  if (isGetPromptResult(value)) {
    const plain = toPlain(value) as GetPromptResult;
    return plain.description === undefined && description !== undefined ? { ...plain, description } : plain;
  }
  const full = PromptResult.is(value) ? value : undefined;
  const said = full?.description ?? description;
  return {
    ...(said !== undefined && { description: said }),
    messages: full ? [...full.messages] : messagesOf(value, 'result'),
    ...(full?.meta && { _meta: toPlain(full.meta, '_meta') as Record<string, unknown> }),
  };
}

/** Whether a value is a result in the protocol's own form. */
function isGetPromptResult(value: unknown): value is GetPromptResult {
  if (typeof value !== 'object' || value === null || PromptResult.is(value)) return false;
  const { messages } = value as { messages?: unknown };
  return Array.isArray(messages) && messages.length > 0 && messages.every(isMessage);
}

function isMessage(value: unknown): value is PromptMessage {
  if (typeof value !== 'object' || value === null) return false;
  const { role, content } = value as { role?: unknown; content?: unknown };
  return (role === 'user' || role === 'assistant') && isContentBlock(content);
}

/** A list is one of messages if anything in it can be one; otherwise it is a value like any other. */
function messagesOf(value: unknown, path: string): PromptMessage[] {
  if (!Array.isArray(value)) return [messageOf(value, path)];
  if (value.length === 0) throw new NotPlain('an empty list (return at least one message)', path);
  const spoken = value.some((each) => typeof each === 'string' || isMessage(each) || isContentBlock(each));
  return spoken ? value.map((each, i) => messageOf(each, `${path}[${i}]`)) : [messageOf(value, path)];
}

function messageOf(value: unknown, path: string): PromptMessage {
  if (isMessage(value)) return { role: value.role, content: value.content };
  if (value === undefined || value === null)
    throw new NotPlain(`${String(value)} (return text, messages or a value)`, path);
  return { role: 'user', content: toBlock(value, path) };
}

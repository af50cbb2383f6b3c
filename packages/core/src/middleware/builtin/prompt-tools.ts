import type { Context } from '../../context/context.js';
import { Middleware } from '../../decorators/middleware.js';
import { textBlock } from '../../mcp/content.js';
import { ToolResult } from '../../mcp/tool-result.js';
import type { ContentBlock, PromptMessage } from '../../mcp/types.js';
import { tool, type InlineComponent } from '../../records/inline-component.js';
import { jsonSchema } from '../../schema/json-schema.js';
import { askedServer } from './asked-server.js';
import { ToolInjection } from './tool-injection.js';

/**
 * Gives clients that know only tools the server's prompts: `list_prompts` and `get_prompt`.
 *
 * They ask the server itself on behalf of the same caller, through all of its middleware: nobody gets what he could not get himself.
 */
@Middleware()
export class PromptTools extends ToolInjection {
  constructor() {
    super({ tools: [LIST_PROMPTS, GET_PROMPT] });
  }
}

const LIST_PROMPTS: InlineComponent = tool({
  name: 'list_prompts',
  description: 'Lists the prompts of this server, with the arguments each takes.',
  annotations: { readOnlyHint: true },
  caching: false,
  run: (_: unknown, context: Context) => askedServer(async () => ({ prompts: await context.listPrompts() })),
});

interface Wanted {
  readonly name: string;
  readonly arguments?: Readonly<Record<string, string>>;
}

const GET_PROMPT: InlineComponent = tool({
  name: 'get_prompt',
  description: 'Gives the text of a prompt of this server. list_prompts says which there are.',
  annotations: { readOnlyHint: true },
  caching: false,
  input: jsonSchema<Wanted>({
    type: 'object',
    properties: {
      name: { type: 'string', description: 'Name of the prompt.' },
      arguments: {
        type: 'object',
        description: 'Its arguments, each as a string.',
        additionalProperties: { type: 'string' },
      },
    },
    required: ['name'],
    additionalProperties: false,
  }),
  run: (wanted: Wanted, context: Context) =>
    askedServer(async () => {
      const { description, messages } = await context.getPrompt(wanted.name, wanted.arguments);
      const isText = messages.every(({ content }) => content.type === 'text');
      return new ToolResult({
        content: messages.map((message) => blockOf(message, messages.length > 1)),
        ...(isText && { structured: { ...(description !== undefined && { description }), messages } }),
      });
    }),
});

/** A message as a block; of several, each text says who speaks. */
function blockOf({ role, content }: PromptMessage, isOneOfSeveral: boolean): ContentBlock {
  return content.type === 'text' && isOneOfSeveral ? textBlock(`${role}: ${content.text}`) : content;
}

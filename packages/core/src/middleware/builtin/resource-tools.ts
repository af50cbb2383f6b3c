import type { Context } from '../../context/context.js';
import { listAll } from '../../context/list-all.js';
import { Middleware } from '../../decorators/middleware.js';
import { textBlock } from '../../mcp/content.js';
import { ToolResult } from '../../mcp/tool-result.js';
import type { ContentBlock, ReadResourceResult } from '../../mcp/types.js';
import { tool, type InlineComponent } from '../../records/inline-component.js';
import { jsonSchema } from '../../schema/json-schema.js';
import { askedServer } from './asked-server.js';
import { ToolInjection } from './tool-injection.js';

/**
 * Gives clients that know only tools the server's resources: `list_resources` and `read_resource`.
 *
 * They ask the server itself on behalf of the same caller, through all of its middleware: nobody reads what he could not read himself.
 */
@Middleware()
export class ResourceTools extends ToolInjection {
  constructor() {
    super({ tools: [LIST_RESOURCES, READ_RESOURCE] });
  }
}

const LIST_RESOURCES: InlineComponent = tool({
  name: 'list_resources',
  description:
    'Lists the resources of this server by their URIs, and the templates whose variables make further ones.',
  annotations: { readOnlyHint: true },
  caching: false,
  run: (_: unknown, context: Context) =>
    askedServer(async () => ({
      resources: await context.listResources(),
      resourceTemplates: await listAll(
        (method, params) => context.call(method, params),
        'resources/templates/list',
        'resourceTemplates',
      ),
    })),
});

interface Wanted {
  readonly uri: string;
}

const READ_RESOURCE: InlineComponent = tool({
  name: 'read_resource',
  description: 'Reads a resource of this server. list_resources says which there are.',
  annotations: { readOnlyHint: true },
  caching: false,
  input: jsonSchema<Wanted>({
    type: 'object',
    properties: { uri: { type: 'string', description: 'URI of the resource, its variables filled in.' } },
    required: ['uri'],
    additionalProperties: false,
  }),
  run: ({ uri }: Wanted, context: Context) =>
    askedServer(async () => {
      const { contents } = await context.readResource(uri);
      const isText = contents.every((each) => 'text' in each);
      return new ToolResult({ content: contents.map(blockOf), ...(isText && { structured: { contents } }) });
    }),
});

/** What was read as a model takes it in: text, a picture, a sound, or else the bytes as they are. */
function blockOf(read: ReadResourceResult['contents'][number]): ContentBlock {
  if ('text' in read) return textBlock(read.text);
  const { blob: data, mimeType = '' } = read;
  if (mimeType.startsWith('image/')) return { type: 'image', data, mimeType };
  if (mimeType.startsWith('audio/')) return { type: 'audio', data, mimeType };
  return { type: 'resource', resource: read };
}

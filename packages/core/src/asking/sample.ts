import { ToolError } from '../errors/component-error.js';
import type { Params } from '../mcp/message.js';
import type { CreateMessageResult, SamplingMessage } from '../mcp/types.js';
import type { Ask, AskOptions } from './elicit.js';

/** One message to the model: text alone is the user's; a `system` message becomes the system prompt. */
export type SampleMessage =
  string | SamplingMessage | { readonly role: 'user' | 'assistant' | 'system'; readonly content: string };

/** How the model is asked. */
export interface SampleOptions extends AskOptions {
  readonly systemPrompt?: string;
  /** Default: 512. */
  readonly maxTokens?: number;
  readonly temperature?: number;
  readonly stopSequences?: readonly string[];
  /** Names of models, best first, or the protocol's own preferences. */
  readonly modelPreferences?: string | readonly string[] | Params;
  readonly includeContext?: 'none' | 'thisServer' | 'allServers';
  readonly metadata?: Params;
  /** What the model may call while it answers: tools of this server by name, or ones made for it. */
  readonly tools?: readonly (string | SampleTool)[];
  readonly toolChoice?: { readonly mode: 'auto' | 'required' | 'none' };
  /** How often the model may call tools before it must answer. Default: 8. */
  readonly maxSteps?: number;
}

/** A tool for the model alone. */
export interface SampleTool {
  readonly name: string;
  readonly description?: string;
  /** JSON Schema of the arguments. */
  readonly inputSchema: Params;
  run(args: Params): unknown;
}

/** What the model said. */
export interface SampleResult {
  /** The text of the answer. */
  readonly text: string;
  readonly content: CreateMessageResult['content'];
  readonly role: 'user' | 'assistant';
  readonly model: string;
  readonly stopReason: string | undefined;
  /** Every message of the exchange, the answer last. */
  readonly history: readonly SamplingMessage[];
}

/** What sampling needs of the call it belongs to. */
export interface SampleHost {
  readonly ask: Ask;
  /** The definition of a tool of this server, as the caller sees it. */
  definition(name: string): Promise<ToolForModel | undefined>;
  /** Calls a tool of this server, as the caller may. */
  callTool(name: string, args: Params): Promise<{ content: unknown; isError?: boolean | undefined }>;
  once<T>(key: string, run: () => T | Promise<T>): Promise<T>;
}

/** A tool as the model is told of it. */
export interface ToolForModel {
  readonly name: string;
  readonly description?: string | undefined;
  readonly inputSchema: Params;
}

const MAX_STEPS = 8;

/** Asks the client's model, and calls the tools it asks for until it answers. */
export async function sample(
  host: SampleHost,
  messages: SampleMessage | readonly SampleMessage[],
  options: SampleOptions,
): Promise<SampleResult> {
  const { history, systemPrompt } = readMessages(messages, options.systemPrompt);
  const tools = await toolsOf(host, options.tools ?? []);
  const params = { ...paramsOf(options, systemPrompt), ...(tools.size > 0 && { tools: definitions(tools) }) };
  for (let step = 0; ; step++) {
    const key = options.key === undefined || step === 0 ? options.key : `${options.key}-${step + 1}`;
    const last = step >= (options.maxSteps ?? MAX_STEPS);
    const question = {
      method: 'sampling/createMessage',
      key,
      params: { messages: [...history], ...params, ...(last && { toolChoice: { mode: 'none' } }) },
    } as const;
    const answer = (await host.ask(question, options)) as CreateMessageResult;
    history.push({ role: answer.role, content: answer.content });
    const uses = usesIn(answer.content);
    if (uses.length === 0 || last) return resultOf(answer, history);
    const results = [];
    for (const use of uses) results.push(await host.once(`tool ${use.id}`, () => runTool(tools, use)));
    history.push({ role: 'user', content: results } as unknown as SamplingMessage);
  }
}

function readMessages(
  given: SampleMessage | readonly SampleMessage[],
  said: string | undefined,
): { history: SamplingMessage[]; systemPrompt: string | undefined } {
  const all = Array.isArray(given) ? (given as readonly SampleMessage[]) : [given as SampleMessage];
  const system = all.filter(
    (each): each is { role: 'system'; content: string } =>
      typeof each === 'object' && (each as { role: string }).role === 'system',
  );
  const history = all.filter((each) => !system.includes(each as never)).map(toMessage);
  const systemPrompt = [said, ...system.map(({ content }) => content)].filter((text) => text !== undefined);
  return { history, systemPrompt: systemPrompt.length > 0 ? systemPrompt.join('\n') : undefined };
}

function toMessage(message: SampleMessage): SamplingMessage {
  const { role, content } =
    typeof message === 'string' ? { role: 'user' as const, content: message } : message;
  return {
    role,
    content: typeof content === 'string' ? { type: 'text', text: content } : content,
  } as SamplingMessage;
}

function paramsOf(options: SampleOptions, systemPrompt: string | undefined): Params {
  const { temperature, stopSequences, includeContext, metadata, toolChoice, maxTokens = 512 } = options;
  const preferences = toPreferences(options.modelPreferences);
  return {
    maxTokens,
    ...(systemPrompt !== undefined && { systemPrompt }),
    ...(temperature !== undefined && { temperature }),
    ...(stopSequences && { stopSequences }),
    ...(preferences && { modelPreferences: preferences }),
    ...(includeContext !== undefined && { includeContext }),
    ...(metadata && { metadata }),
    ...(toolChoice && { toolChoice }),
  };
}

function toPreferences(given: SampleOptions['modelPreferences']): Params | undefined {
  if (given === undefined) return undefined;
  if (typeof given === 'string') return { hints: [{ name: given }] };
  return Array.isArray(given) ? { hints: given.map((name: string) => ({ name })) } : (given as Params);
}

interface RunnableTool extends ToolForModel {
  readonly run: (args: Params) => unknown;
}

async function toolsOf(
  host: SampleHost,
  given: readonly (string | SampleTool)[],
): Promise<ReadonlyMap<string, RunnableTool>> {
  const tools = new Map<string, RunnableTool>();
  for (const each of given) {
    if (typeof each !== 'string') {
      tools.set(each.name, { ...each, run: (args) => each.run(args) });
      continue;
    }
    const definition = await host.definition(each);
    if (!definition) throw new ToolError(`Unknown tool: '${each}'`);
    tools.set(each, { ...definition, run: (args) => host.callTool(each, args) });
  }
  return tools;
}

function definitions(tools: ReadonlyMap<string, RunnableTool>): readonly ToolForModel[] {
  return [...tools.values()].map(({ name, description, inputSchema }) => ({
    name,
    ...(description !== undefined && { description }),
    inputSchema,
  }));
}

interface ToolUse {
  readonly id: string;
  readonly name: string;
  readonly input: Params;
}

function usesIn(content: unknown): readonly ToolUse[] {
  return [content].flat().filter((block): block is ToolUse & { type: 'tool_use' } => {
    return typeof block === 'object' && block !== null && (block as { type?: unknown }).type === 'tool_use';
  });
}

/** A tool's failure is for the model to read, like its result. */
async function runTool(tools: ReadonlyMap<string, RunnableTool>, use: ToolUse): Promise<object> {
  const answer = (content: unknown, isError = false): object => ({
    type: 'tool_result',
    toolUseId: use.id,
    content: Array.isArray(content) ? content : [{ type: 'text', text: textOf(content) }],
    ...(isError && { isError: true }),
  });
  const tool = tools.get(use.name);
  if (!tool) return answer(`Unknown tool: '${use.name}'`, true);
  try {
    const given = await tool.run(use.input);
    const result = given as { content?: unknown; isError?: boolean } | null;
    return Array.isArray(result?.content) ? answer(result.content, result.isError) : answer(given);
  } catch (error) {
    if (!ToolError.is(error)) throw error;
    return answer(error.message, true);
  }
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : (JSON.stringify(value) ?? '');
}

function resultOf(answer: CreateMessageResult, history: readonly SamplingMessage[]): SampleResult {
  const blocks = [answer.content].flat() as readonly { type: string; text?: string }[];
  return {
    text: blocks
      .flatMap(({ type, text }) => (type === 'text' && text !== undefined ? [text] : []))
      .join('\n'),
    content: answer.content,
    role: answer.role,
    model: answer.model,
    stopReason: answer.stopReason,
    history,
  };
}

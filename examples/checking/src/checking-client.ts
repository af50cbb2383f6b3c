import { Client as ModernClient } from '@modelcontextprotocol/client';
import { Client as LegacyClient } from '@modelcontextprotocol/sdk/client/index.js';
import type { StreamableHTTPClientTransport as LegacyHttp } from '@modelcontextprotocol/sdk/client/streamableHttp.js';
import type {
  CallToolResult,
  CompleteRequest,
  GetPromptResult,
  Implementation,
  Progress,
  Prompt,
  ReadResourceResult,
  Resource,
  ResourceTemplate,
  Tool,
} from '@modelcontextprotocol/sdk/types.js';
import { answerWith, capabilitiesOf, type Answers } from './answers.js';
import { Heard, type Listened } from './heard.js';

/** A revision of the protocol, for each of its eras. */
export type Version = '2025-11-25' | '2026-07-28';

const INFO = { name: 'check', version: '1.0.0' };

/** An official client of either era, connected, as far as the examples need one. */
export class CheckingClient {
  readonly version: Version;
  readonly #client: LegacyClient;
  readonly #heard: Heard;

  private constructor(version: Version, client: LegacyClient, heard: Heard) {
    this.version = version;
    this.#client = client;
    this.#heard = heard;
  }

  /** Connects the client of an era, which answers what it knows to answer. */
  static async connect(
    transport: Listened,
    version: Version,
    answers: Answers = {},
  ): Promise<CheckingClient> {
    const capabilities = capabilitiesOf(answers);
    const legacy = version === '2025-11-25';
    const client = legacy
      ? new LegacyClient(INFO, { capabilities })
      : new ModernClient(INFO, { capabilities, versionNegotiation: { mode: { pin: version } } });
    answerWith(client, answers, legacy ? 'schema' : 'name');
    await client.connect(transport as never);
    // Both clients are called in the same words; where they are not, the version decides.
    return new CheckingClient(version, client as unknown as LegacyClient, new Heard(transport));
  }

  /** What the server says of itself. */
  get server(): Implementation | undefined {
    return this.#client.getServerVersion();
  }

  /** What the server says to the model. */
  get instructions(): string | undefined {
    return this.#client.getInstructions();
  }

  async listTools(): Promise<readonly Tool[]> {
    return (await this.#client.listTools()).tools;
  }

  async listResources(): Promise<readonly Resource[]> {
    return (await this.#client.listResources()).resources;
  }

  async listResourceTemplates(): Promise<readonly ResourceTemplate[]> {
    return (await this.#client.listResourceTemplates()).resourceTemplates;
  }

  async listPrompts(): Promise<readonly Prompt[]> {
    return (await this.#client.listPrompts()).prompts;
  }

  async callTool(
    name: string,
    args: Record<string, unknown> = {},
    options: { signal?: AbortSignal; onprogress?: () => void } = {},
  ): Promise<CallToolResult> {
    const params = { name, arguments: args };
    const called =
      this.version === '2025-11-25'
        ? this.#client.callTool(params, undefined, options)
        : this.#client.callTool(params, options as never);
    return (await called) as CallToolResult;
  }

  /** Calls a tool and asks for its progress; what came of that, besides the result. */
  async callWithProgress(
    name: string,
    args: Record<string, unknown>,
  ): Promise<{ readonly result: CallToolResult; readonly progress: readonly Progress[] }> {
    const result = await this.callTool(name, args, { onprogress: () => undefined });
    const progress = this.#heard.take('notifications/progress').map((params) => {
      const { progressToken: _token, ...rest } = params;
      return rest as unknown as Progress;
    });
    return { result, progress };
  }

  /** The contents of a resource. */
  async readResource(uri: string): Promise<ReadResourceResult['contents']> {
    return (await this.#client.readResource({ uri })).contents;
  }

  getPrompt(name: string, args: Record<string, string> = {}): Promise<GetPromptResult> {
    return this.#client.getPrompt({ name, arguments: args });
  }

  /** What a server suggests for an argument that has been typed so far. */
  async complete(
    ref: CompleteRequest['params']['ref'],
    argument: { name: string; value: string },
    known: Record<string, string> = {},
  ): Promise<readonly string[]> {
    const context = { arguments: known };
    return (await this.#client.complete({ ref, argument, context })).completion.values;
  }

  /** Asks to be told when a resource changes, and with `lists` when any list does; returns how to end it. */
  async watch(of: { uri: string; lists?: true }): Promise<() => Promise<unknown>> {
    const { uri, lists = false } = of;
    if (this.version === '2025-11-25') {
      // Of lists every client of this revision is told.
      await this.#client.subscribeResource({ uri });
      return () => this.#client.unsubscribeResource({ uri });
    }
    const subscription = await (this.#client as unknown as ModernClient).listen({
      resourceSubscriptions: [uri],
      ...(lists && { toolsListChanged: true, resourcesListChanged: true, promptsListChanged: true }),
    });
    return () => subscription.close();
  }

  /** Waits for a notification, and returns its parameters; each of them is heard once. */
  hears(method: string): Promise<Readonly<Record<string, unknown>>> {
    return this.#heard.next(method);
  }

  /** The parameters of the notifications that have been received and not been heard yet. */
  heard(method: string): readonly Readonly<Record<string, unknown>>[] {
    return this.#heard.take(method);
  }

  /** Ends the session where there is one, and the connection. */
  async close(): Promise<void> {
    const { transport } = this.#client;
    if (transport && 'terminateSession' in transport) await (transport as LegacyHttp).terminateSession();
    await this.#client.close();
  }
}

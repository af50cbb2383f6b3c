import { listAll } from '../context/list-all.js';
import type { Params } from '../mcp/message.js';
import type {
  PromptDefinition,
  ResourceDefinition,
  ResourceTemplateDefinition,
  ToolDefinition,
} from '../mcp/types.js';
import type { Endpoint } from '../protocol/endpoint.js';
import { refuseWhileDeciding } from '../middleware/visibility.js';
import { resultOf } from './context-host.js';
import { LocalExchange, type LocalCallOptions } from './local-exchange.js';
import { NestedCalls } from './nested-calls.js';

/** What each list is a list of. */
interface Listed {
  readonly tools: ToolDefinition;
  readonly resources: ResourceDefinition;
  readonly resourceTemplates: ResourceTemplateDefinition;
  readonly prompts: PromptDefinition;
}

/** Calls of an app from inside the process. */
export class LocalCalls {
  readonly #start: () => Promise<Endpoint>;
  readonly #nested = new NestedCalls();

  constructor(start: () => Promise<Endpoint>) {
    this.#start = start;
  }

  /** The result of one message; the app is started if it is not yet. */
  call(method: string, params: Params, options: LocalCallOptions): Promise<object> {
    refuseWhileDeciding(method);
    const target = params.name ?? params.uri;
    const name = typeof target === 'string' ? `${method} '${target}'` : method;
    return this.#nested.run(name, () => this.#dispatch(method, params, options));
  }

  /** All pages of a list, as one caller sees it. */
  async list<K extends keyof Listed>(member: K, options: LocalCallOptions): Promise<readonly Listed[K][]> {
    const call = (method: string, params: Params): Promise<object> => this.call(method, params, options);
    return (await listAll(call, LISTS[member], member)) as readonly Listed[K][];
  }

  async #dispatch(method: string, params: Params, options: LocalCallOptions): Promise<object> {
    const endpoint = await this.#start();
    const exchange = new LocalExchange(options);
    const outcome = await endpoint.dispatch(
      { jsonrpc: '2.0', id: endpoint.ids.secret(), method, params },
      exchange,
    );
    exchange.done();
    return resultOf(outcome, method);
  }
}

const LISTS: Readonly<Record<keyof Listed, string>> = {
  tools: 'tools/list',
  resources: 'resources/list',
  resourceTemplates: 'resources/templates/list',
  prompts: 'prompts/list',
};

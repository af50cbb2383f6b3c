import { ProtocolError, RPC } from '../../errors/protocol-error.js';
import type { Params } from '../../mcp/message.js';
import type { MessageCall } from '../../middleware/call.js';
import type { Chain } from '../../middleware/compose.js';
import { behindOwn, type Method, type MethodHost } from './method.js';
import { resourceNotFound } from './resources.js';
import { MAX_WATCHED, type Filter, type Sees, type Subscribers } from './subscribers.js';

/** What clients ask to be told of: `resources/subscribe` in the older era, `subscriptions/listen` in the newer. */
export function subscriptionMethods(
  host: MethodHost & { readonly subscribers: Subscribers },
): readonly Method[] {
  const { subscribers } = host;
  const watch: Chain = (call) => {
    const uri = uriOf(call);
    if (!call.component) throw resourceNotFound(uri);
    subscribers.watch(call.context.exchange.session, uri, seesLater(call, host));
    return {};
  };
  const unwatch: Chain = (call) => {
    subscribers.unwatch(call.context.exchange.session, uriOf(call));
    return {};
  };
  return [
    watching(host, 'resources/subscribe', watch),
    watching(host, 'resources/unsubscribe', unwatch),
    listenMethod(host),
  ];
}

function watching(host: MethodHost, name: string, end: Chain): Method {
  const answer = behindOwn(host, name, end);
  return {
    name,
    eras: ['legacy'],
    kind: 'request',
    find: (call) => {
      const { uri } = call.params;
      return typeof uri === 'string' ? host.catalog.viewFor(call).findResource(uri) : undefined;
    },
    run: (call) => {
      requireSession(call);
      return answer(call);
    },
  };
}

function listenMethod(host: MethodHost & { readonly subscribers: Subscribers }): Method {
  return {
    name: 'subscriptions/listen',
    eras: ['modern'],
    kind: 'request',
    run: (call) => {
      const { requestId, exchange } = call.context;
      const filter = readFilter(call.params.notifications);
      // What the caller may not see it is not told of either.
      const view = host.catalog.viewFor(call);
      const seen = [...filter.resourceSubscriptions].filter((uri) => view.findResource(uri));
      return host.subscribers.listen(requestId ?? '', exchange, {
        filter: { ...filter, resourceSubscriptions: new Set(seen) },
        sees: seesLater(call, host),
      });
    },
  };
}

/** What its sender is shown no longer it is not told of either, nor is whoever could not be asked about. */
function seesLater(call: MessageCall, { catalog, logger }: MethodHost): Sees {
  const sees = catalog.watcherFor(call);
  return (uri) => {
    try {
      return sees(uri);
    } catch (err) {
      logger.error('It could not be found out who still sees a resource that has changed', { err, uri });
      return false;
    }
  };
}

/** Without a session there is nobody to tell later, and no capability says so. */
function requireSession({ method, context }: MessageCall): void {
  if (!context.exchange.session) throw new ProtocolError(RPC.methodNotFound, `Unknown method: ${method}`);
}

function uriOf({ method, params }: MessageCall): string {
  if (typeof params.uri === 'string') return params.uri;
  throw new ProtocolError(RPC.invalidParams, `Invalid params of ${method}: uri must be a string`);
}

function readFilter(given: unknown): Filter {
  if (typeof given !== 'object' || given === null) throw invalid('notifications must be an object');
  const { resourceSubscriptions = [], ...lists } = given as Params;
  if (!Array.isArray(resourceSubscriptions) || !resourceSubscriptions.every((uri) => typeof uri === 'string'))
    throw invalid('resourceSubscriptions must be a list of URIs');
  if (resourceSubscriptions.length > MAX_WATCHED)
    throw invalid(`resourceSubscriptions may name ${MAX_WATCHED} resources`);
  return {
    toolsListChanged: lists.toolsListChanged === true,
    promptsListChanged: lists.promptsListChanged === true,
    resourcesListChanged: lists.resourcesListChanged === true,
    resourceSubscriptions: new Set(resourceSubscriptions as readonly string[]),
  };
}

function invalid(what: string): ProtocolError {
  return new ProtocolError(RPC.invalidParams, `Invalid params of subscriptions/listen: ${what}`);
}

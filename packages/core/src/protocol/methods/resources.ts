import type { ResourceTemplate } from '../../components/resource-template.js';
import type { Resource } from '../../components/resource.js';
import { ResourceError } from '../../errors/component-error.js';
import { ProtocolError, RPC } from '../../errors/protocol-error.js';
import { ResourceNotFound } from '../../errors/resource-not-found.js';
import { NOT_KEPT, withCacheHint, type CacheHint } from '../../mcp/cache-hint.js';
import { NotPlain } from '../../mcp/plain.js';
import { toResourceResult } from '../../mcp/resource-result.js';
import type { ReadResourceResult } from '../../mcp/types.js';
import type { MessageCall } from '../../middleware/call.js';
import type { Validation } from '../../schema/schema.js';
import { issuesText, type Method, type MethodHost } from './method.js';
import { runHandler } from './run-handler.js';

/** `resources/read`. */
export function resourceMethods(host: MethodHost): readonly Method[] {
  return [
    {
      name: 'resources/read',
      eras: ['legacy', 'modern'],
      kind: 'request',
      find: (call) => {
        const { uri } = call.params;
        return typeof uri === 'string' ? host.catalog.viewFor(call).findResource(uri) : undefined;
      },
      run: (call) => {
        const { uri } = call.params;
        if (typeof uri !== 'string')
          throw new ProtocolError(
            RPC.invalidParams,
            'Invalid params of resources/read: uri must be a string',
          );
        const { component } = call;
        if (!component) throw resourceNotFound(uri);
        return host.chainOf(component)(call);
      },
      outcome: (result, call) => ({
        is: 'result',
        value: 'resultType' in result ? result : withCacheHint(result, call.context.era, hintOf(call, host)),
      }),
    },
  ];
}

/** What is read with answers to questions depends on more than its URI, by which clients would keep it. */
function hintOf(call: MessageCall, { catalog }: MethodHost): CacheHint {
  const { component, params } = call;
  const asked = params.requestState !== undefined || params.inputResponses !== undefined;
  const hint =
    (asked ? undefined : (component as Resource | ResourceTemplate | undefined)?.cache) ?? NOT_KEPT;
  if (hint.scope !== 'public' || catalog.viewFor(call).cacheScope === 'public') return hint;
  // What not everybody may see is not everybody's to keep.
  return { ...hint, scope: 'private' };
}

/** Reads a resource, and makes what its method returns the protocol's result. */
export function runResource(
  resource: Resource,
  call: MessageCall,
): ReadResourceResult | Promise<ReadResourceResult> {
  const { context } = call;
  return runHandler(context, {
    of: resource,
    run: () => resource.run(context),
    finish: (value) => finish(resource, call, value),
  }) as ReadResourceResult | Promise<ReadResourceResult>;
}

/** Checks the values a URI has for a template's variables, and reads what is behind it. */
export function runTemplate(
  template: ResourceTemplate,
  call: MessageCall,
): ReadResourceResult | Promise<ReadResourceResult> {
  const { uri } = call.params as { uri: string };
  const found = call.found?.component === template ? call.found.values : template.match(uri);
  if (!found) throw resourceNotFound(uri);
  const read = (checked: Validation): ReadResourceResult | Promise<ReadResourceResult> => {
    if (!checked.ok)
      throw new ProtocolError(
        RPC.invalidParams,
        `Invalid values in resource '${uri}': ${issuesText(checked.issues)}`,
        { uri },
      );
    const { context } = call;
    return runHandler(context, {
      of: template,
      run: () => template.run(context, checked.value),
      finish: (value) => finish(template, call, value),
    }) as ReadResourceResult | Promise<ReadResourceResult>;
  };
  const checked = template.input.validate(found);
  return checked instanceof Promise ? checked.then(read) : read(checked);
}

function finish(
  component: Resource | ResourceTemplate,
  call: MessageCall,
  value: unknown,
): ReadResourceResult {
  const { uri } = call.params as { uri: string };
  const { mimeType, _meta: meta } = component.definition;
  try {
    return toResourceResult(value, { uri, mimeType, ...(meta && { meta }) });
  } catch (error) {
    if (error instanceof NotPlain)
      throw new ResourceError(`Resource '${uri}' returned ${error.message}`, { cause: error });
    throw error;
  }
}

/** The same for what is not there and for what this caller may not see. */
export function resourceNotFound(uri: string): ResourceNotFound {
  return new ResourceNotFound(`Resource not found: '${uri}'`);
}

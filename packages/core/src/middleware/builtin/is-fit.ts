import type { Call, MessageCall } from '../call.js';
import type { CacheRule } from './cache-rules.js';

/** How often the message of a call had been looked at by somebody. */
export interface Looks {
  readonly own: number;
  readonly principal: number;
}

/** What the context of a call has counted so far. */
export function looksOf(call: Call): Looks {
  const { ownLooks: own, principalLooks: principal } = (call as MessageCall).context;
  return { own, principal };
}

/**
 * Whether a result may be given to the next one who asks the same.
 *
 * Not an error nor a question; nor what has read or told something of this message alone, whoever it was that ran behind the cache.
 */
export function isFit(
  result: object,
  of: { readonly call: Call; readonly before: Looks; readonly rule: CacheRule },
): boolean {
  const { isError, resultType = 'complete', ttlMs } = result as Readonly<Record<string, unknown>>;
  if (isError === true || resultType !== 'complete' || ttlMs === 0) return false;
  const { context, component } = of.call as MessageCall;
  // What has answered may have been injected in place of what the call names.
  if (context.exchange.cancelled || (context.run && component && context.run !== component)) return false;
  const now = looksOf(of.call);
  return now.own === of.before.own && (!of.rule.shared || now.principal === of.before.principal);
}

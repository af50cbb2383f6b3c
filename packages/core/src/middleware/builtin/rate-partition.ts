import { networkOf } from '../../context/network-of.js';
import type { Principal } from '../../context/principal.js';
import type { Call, MessageCall } from '../call.js';

/** What requests are counted by; see RateLimitOptions. */
export type RatePartition = 'caller' | 'subject' | 'client' | 'session' | 'address' | 'global';

type NameOf = (call: Call) => string;

/** What a request is counted under, by what is counted; names of one kind never meet those of another. */
export const PARTITIONS: ReadonlyMap<RatePartition, NameOf> = new Map<RatePartition, NameOf>([
  ['caller', caller],
  [
    'subject',
    (call) => ofPrincipal(call, 'subject', ({ issuer, tenant = null, subject }) => [issuer, tenant, subject]),
  ],
  ['client', (call) => ofPrincipal(call, 'client', ({ issuer, clientId }) => clientId && [issuer, clientId])],
  ['session', (call) => session(call) ?? caller(call)],
  ['address', (call) => address(call) ?? caller(call)],
  ['global', () => 'global'],
]);

function caller(call: Call): string {
  const { principal } = call.context;
  return principal ? `principal ${principal.key}` : (session(call) ?? address(call) ?? 'global');
}

function ofPrincipal(
  call: Call,
  kind: string,
  name: (principal: Principal) => readonly unknown[] | '' | undefined,
): string {
  const { principal } = call.context;
  const parts = principal && name(principal);
  return parts ? `${kind} ${JSON.stringify(parts)}` : caller(call);
}

function session({ context }: Call): string | undefined {
  return context.sessionId === undefined ? undefined : `session ${context.sessionId}`;
}

function address(call: Call): string | undefined {
  const of = (call as MessageCall).context.exchange.http?.address;
  return of === undefined ? undefined : `address ${networkOf(of)}`;
}

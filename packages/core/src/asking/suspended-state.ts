import { ProtocolError, RPC } from '../errors/protocol-error.js';
import type { KeyValueStore } from '../storage/store.js';
import type { Clock } from '../time/clock.js';
import type { Ids } from '../time/ids.js';
import type { StateSeal } from './state-seal.js';

/** What a suspended call remembers from one of its rounds to the next. */
export interface SuspendedState {
  /** How many rounds there have been. */
  readonly round: number;
  /** The answers so far, by the id of their question. */
  readonly answers: Readonly<Record<string, unknown>>;
  /** The ids of the questions the last round has asked, with their methods. */
  readonly asked: Readonly<Record<string, string>>;
  /** What `once` has kept, by key; a step that gave nothing has no value, but its place. */
  readonly kept: Readonly<Record<string, { readonly value?: unknown }>>;
  /** How many notifications have been sent, which a further run does not send again. */
  readonly sent: number;
  /** Whether the handler has been seen to ask differently from one run to the next. */
  readonly warned: boolean;
  /** Names the call through all its rounds. */
  readonly call: string;
  /** Questions the author returned, and the state given along with them: their answers are the author's to read. */
  readonly explicit?: { readonly own?: unknown };
}

/** What the state of a suspended call is kept with. */
export interface SuspensionHost {
  readonly seal: StateSeal;
  readonly clock: Clock;
  readonly ids: Ids;
  /** Where a state goes that is too long to travel. */
  store(): KeyValueStore;
}

/** A client may take so long to answer, in milliseconds. */
const TTL_MS = 10 * 60_000;
/** A longer state is kept here, and only its name travels. */
const MAX_TRAVELLING = 32 * 1024;

interface Travelling {
  /** When it is too late, in milliseconds of the server's clock. */
  readonly until: number;
  readonly state?: SuspendedState;
  /** Where the state is kept, if it is not here. */
  readonly at?: string;
}

/** The state of a suspended call as text for the client to bring back. */
export async function writeState(state: SuspendedState, to: string, host: SuspensionHost): Promise<string> {
  const until = host.clock.now() + TTL_MS;
  const here = host.seal.seal({ until, state } satisfies Travelling, to);
  if (here.length <= MAX_TRAVELLING) return here;
  const at = `request-state/${host.ids.secret()}`;
  await host.store().set(at, host.seal.seal(state, `${at} ${to}`), { ttlMs: TTL_MS });
  return host.seal.seal({ until, at } satisfies Travelling, to);
}

/** The state a client has brought back; a ProtocolError if it is not one of this call, or too late. */
export async function readState(text: unknown, to: string, host: SuspensionHost): Promise<SuspendedState> {
  const travelling = (typeof text === 'string' ? host.seal.open(text, to) : undefined) as
    Travelling | undefined;
  if (!travelling) throw refused('it was not given for this call');
  if (travelling.until <= host.clock.now()) throw refused('it has expired');
  const { state, at } = travelling;
  if (state) return state;
  const kept = at === undefined ? undefined : await host.store().get(at);
  const opened = typeof kept === 'string' ? host.seal.open(kept, `${at} ${to}`) : undefined;
  if (!opened) throw refused('it has expired');
  return opened as SuspendedState;
}

function refused(why: string): ProtocolError {
  return new ProtocolError(
    RPC.invalidParams,
    `Invalid requestState: ${why}; send the request anew without it`,
  );
}

import { selectServers } from './servers.mjs';

/**
 * How much the full and the quick run measure. Calls are a round's, of light servers and of heavy ones: as many calls of both would
 * take many minutes.
 */
export const SIZES = {
  full: {
    rounds: 21,
    warmUp: 6,
    calls: { call: { light: 4_000, heavy: 300 }, list: { light: 1_500, heavy: 40 } },
    stdioStarts: 20,
    httpStarts: 10,
    peerSessions: 500,
    schemaRuns: 5,
  },
  quick: {
    rounds: 9,
    warmUp: 8,
    calls: { call: { light: 2_500, heavy: 150 }, list: { light: 1_000, heavy: 20 } },
    stdioStarts: 5,
    httpStarts: 3,
    peerSessions: 0,
    schemaRuns: 3,
  },
};

/** Sessions the targets speak of. */
export const SESSIONS = 10_000;

/** Tools of the servers in the lists that are measured. */
export const LISTED = 100;

/** Every server in its eras, asked to add. */
export function callPlans(only, { calls }) {
  return plans(selectServers(only), 'call', calls);
}

/** The same asked for the list of a hundred tools; a session or a scope changes nothing there. */
export function listPlans(only, { calls }) {
  const servers = selectServers(only).filter(({ env }) => env === undefined);
  return plans(servers, 'list', calls).map((plan) => ({ ...plan, env: { TOOLS: String(LISTED) } }));
}

/** Tenon with one tool, with ten and with a thousand. */
export function flatnessPlans(only, { calls }) {
  const [tenon] = selectServers(only).filter(({ own }) => own);
  if (tenon === undefined) return [];
  const sized = [10, 1, 1000].map((tools) => ({
    ...tenon,
    tools,
    env: { TOOLS: String(tools) },
    reference: tools === 10,
  }));
  return plans(sized, 'call', calls);
}

function plans(servers, kind, calls) {
  return servers.flatMap((server) =>
    server.eras.map((era) => ({ server, era, kind, calls: calls[kind][server.weight ?? 'heavy'] })),
  );
}

/** What Tenon promises, each with what was measured: `undefined` where the run left it out. */
export function checkTargets(results) {
  const {
    calls = [],
    lists = [],
    flat = [],
    stdio = [],
    sessions = [],
    schemas = [],
    middleware = [],
  } = results;
  return [
    atMost('tools/call, CPU of bare Fastify', 1.5, worst(ownRows(calls, 'tenon')), '×'),
    atMost('… with a request-scoped provider', 1.5, worst(ownRows(calls, 'tenon, request scope')), '×'),
    atMost('… with ready-made middleware, of the call without', 1.5, readyMadeRatio(calls), '×'),
    atLeast('tools/call, cheaper than the cheapest peer', 4, cheapestPeer(calls), '×'),
    atMost('tools/call, spread from 1 to 1 000 tools', 10, spread(flat), '%'),
    atMost('tools/list of 100, CPU of bare Fastify', 1.5, worst(ownRows(lists, 'tenon')), '×'),
    atMost('stdio start, time of the SDK', 1.05, startRatio(stdio), '×'),
    atMost('idle session', 4, sessions[0]?.kibibytesEach, 'KiB'),
    atMost('heap after the sessions, above before', 5, sessions[0]?.left, 'MiB'),
    ...[...schemas, ...middleware].flatMap(({ name, limit, value, unit }) =>
      limit === undefined ? [] : [atMost(name, limit, value, unit)],
    ),
  ];
}

function atMost(what, limit, measured, unit) {
  return {
    what,
    target: `≤ ${limit} ${unit}`,
    measured,
    unit,
    ok: measured === undefined || measured <= limit,
  };
}

function atLeast(what, limit, measured, unit) {
  return {
    what,
    target: `≥ ${limit} ${unit}`,
    measured,
    unit,
    ok: measured === undefined || measured >= limit,
  };
}

function ownRows(rows, name) {
  return rows.filter((row) => row.name === name && row.ratio !== undefined);
}

function worst(rows) {
  return rows.length > 0 ? Math.max(...rows.map(({ ratio }) => ratio)) : undefined;
}

/** What ready-made middleware makes of a call, in the era where it is dearer. */
function readyMadeRatio(rows) {
  const without = ownRows(rows, 'tenon');
  const factors = ownRows(rows, 'tenon, ready-made').flatMap(({ era, ratio }) => {
    const same = without.find((row) => row.era === era);
    return same ? [ratio / same.ratio] : [];
  });
  return factors.length > 0 ? Math.max(...factors) : undefined;
}

/** How many times Tenon's cost the cheapest peer needs, in the era where that is least. */
function cheapestPeer(rows) {
  const factors = ownRows(rows, 'tenon').flatMap(({ era, ratio }) => {
    const peers = rows.filter((row) => row.era === era && row.ratio > 0 && !/^(bare|tenon)/.test(row.name));
    return peers.map((peer) => peer.ratio / ratio);
  });
  return factors.length > 0 ? Math.min(...factors) : undefined;
}

/** The furthest a size lies from ten tools, in percent, in either era. */
function spread(rows) {
  return rows.length > 0 ? Math.max(...rows.map(({ ratio }) => Math.abs(ratio - 1) * 100)) : undefined;
}

function startRatio(rows) {
  const [tenon, sdk] = ['tenon', 'sdk 1'].map((name) => rows.find((row) => row.name === name)?.milliseconds);
  return tenon && sdk ? tenon / sdk : undefined;
}

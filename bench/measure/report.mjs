import { LISTED } from './plan.mjs';
import { table } from './table.mjs';

const LOAD = {
  'CPU µs': ({ cpu }) => cpu,
  'calls/s': ({ throughput }) => throughput,
  'p99 ms': ({ p99 }) => p99,
};

/** Everything that was measured, to be read by people. */
export function report({ calls, lists, flat, stdio, http, sessions, schemas, middleware, checks }) {
  return [
    calls && table('tools/call over HTTP', calls, load('bare')),
    lists && table(`tools/list of ${LISTED} tools over HTTP`, lists, load('bare')),
    flat && table('tools/call by number of tools', flat, load('10 tools')),
    stdio && table('Start over stdio, spawn to initialize answered', stdio, starts(stdio, 'sdk 1')),
    http && table('Start over HTTP, spawn to first answer', http, starts(http, 'bare')),
    sessions &&
      table('Idle 2025 sessions', sessions, {
        server: ({ name }) => name,
        sessions: ({ count }) => count,
        'KiB each': ({ kibibytesEach }) => kibibytesEach,
        'MiB left after': ({ left }) => left,
      }),
    schemas &&
      table('In the process: arguments checked, an app made', schemas, {
        what: ({ name }) => name,
        time: ({ value }) => value,
        unit: ({ unit }) => unit,
      }),
    middleware &&
      table('In the process: what middleware adds to a call', middleware, {
        what: ({ name }) => name,
        time: ({ value }) => value,
        unit: ({ unit }) => unit,
      }),
    table('Targets', checks, {
      target: ({ what }) => what,
      wanted: ({ target }) => target,
      measured: ({ measured }) => measured,
      ok: ({ ok, measured }) => (measured === undefined ? 'not measured' : ok ? 'ok' : 'MISSED'),
    }),
  ]
    .filter((part) => part !== undefined)
    .join('\n');
}

function load(reference) {
  return {
    server: ({ name, tools }) => (tools === undefined ? name : `${name}, ${tools} tools`),
    era: ({ era }) => era,
    [`× ${reference}`]: ({ ratio }) => ratio,
    ...LOAD,
  };
}

function starts(rows, reference) {
  const whole = rows.find(({ name }) => name === reference)?.milliseconds;
  return {
    server: ({ name }) => name,
    [`× ${reference}`]: ({ milliseconds }) => (whole === undefined ? undefined : milliseconds / whole),
    ms: ({ milliseconds }) => milliseconds,
  };
}

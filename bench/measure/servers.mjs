import { existsSync } from 'node:fs';

const TENON = { file: 'server/dist/server.js', weight: 'light' };

/** Every server over HTTP; `own` marks ours, `reference` what the others are compared with, `sessions` what
 * holds them, and what is `quiet` writes its log to nowhere. */
const SERVERS = [
  {
    name: 'bare',
    file: 'peers/bare-fastify.mjs',
    weight: 'light',
    eras: ['2025', '2026'],
    bare: true,
    reference: true,
  },
  { name: 'tenon', ...TENON, eras: ['2025', '2026'], own: true, sessions: true },
  { name: 'tenon, request scope', ...TENON, env: { SCOPE: 'request' }, eras: ['2025', '2026'], own: true },
  {
    name: 'tenon, ready-made',
    ...TENON,
    env: { MIDDLEWARE: 'ready-made' },
    eras: ['2025', '2026'],
    quiet: true,
  },
  { name: 'sdk 1, stateless', file: 'peers/sdk-stateless.mjs', eras: ['2025'] },
  { name: 'sdk 1, sessions', file: 'peers/sdk-sessions.mjs', eras: ['2025'], sessions: true },
  { name: 'server 2', file: 'peers/server-v2.mjs', eras: ['2025', '2026'] },
  { name: 'fastmcp, stateless', file: 'peers/fastmcp.mjs', eras: ['2025'] },
  {
    name: 'fastmcp, sessions',
    file: 'peers/fastmcp.mjs',
    env: { SESSIONS: '1' },
    eras: ['2025'],
    sessions: true,
  },
  { name: 'mcp-nest, stateless', file: 'peers/mcp-nest.mjs', eras: ['2025', '2026'] },
  {
    name: 'mcp-nest, sessions',
    file: 'peers/mcp-nest.mjs',
    env: { SESSIONS: '1' },
    eras: ['2025'],
    sessions: true,
  },
];

/** The stdio servers whose start is measured. */
const HELLOS = [
  { name: 'tenon', file: 'server/dist/hello-stdio.js' },
  { name: 'sdk 1', file: 'peers/hello-sdk.mjs' },
  { name: 'server 2', file: 'peers/hello-server-v2.mjs' },
  { name: 'fastmcp', file: 'peers/hello-fastmcp.mjs' },
];

/** The servers of a selection, by the beginning of their names; all without one. */
export function selectServers(only) {
  return select(SERVERS, only);
}

/** The stdio servers of a selection. */
export function selectHellos(only) {
  return select(HELLOS, only);
}

function select(list, only) {
  const chosen = list.filter(({ name }) => !only || only.some((prefix) => name.startsWith(prefix)));
  return chosen.filter(({ file }) => existsSync(new URL(`../${file}`, import.meta.url)));
}

/** The two generations of the protocol: with sessions (to 2025-11-25), and without (from 2026-07-28). */
export type Era = 'legacy' | 'modern';

/** Revisions with `initialize` and sessions, newest first. */
export const LEGACY_VERSIONS: readonly string[] = ['2025-11-25', '2025-06-18', '2025-03-26', '2024-11-05'];

/** Revisions in which every message says for itself who sends it, newest first. */
export const MODERN_VERSIONS: readonly string[] = ['2026-07-28'];

/** Keys of `_meta` that the protocol reserves. */
export const META = {
  version: 'io.modelcontextprotocol/protocolVersion',
  capabilities: 'io.modelcontextprotocol/clientCapabilities',
  clientInfo: 'io.modelcontextprotocol/clientInfo',
  serverInfo: 'io.modelcontextprotocol/serverInfo',
  logLevel: 'io.modelcontextprotocol/logLevel',
  subscription: 'io.modelcontextprotocol/subscriptionId',
} as const;

export { http, type HttpOptions } from './http-transport.js';
export { mcp, type McpPluginOptions, type Startable } from './hosts/fastify.js';
export type { McpRulesOptions } from './rules/mcp-rules.js';
export type { CorsOptions } from './rules/cors.js';
export type { HostGuardOptions } from './rules/host-guard.js';
export type { SessionLimits } from './rules/sessions.js';
export type { ResumableOptions } from './rules/stream-log.js';

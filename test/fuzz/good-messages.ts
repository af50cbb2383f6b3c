import type { Random } from './random.js';

/** A message as a client would send it. */
export type Message = Record<string, unknown>;

const META = {
  'io.modelcontextprotocol/protocolVersion': '2026-07-28',
  'io.modelcontextprotocol/clientCapabilities': {},
  'io.modelcontextprotocol/clientInfo': { name: 'fuzz', version: '1' },
};

/** Tools of the conformance fixture that end by themselves, whatever a client can do. */
const TOOLS = [
  'test_simple_text',
  'test_image_content',
  'test_multiple_content_types',
  'test_error_handling',
  'test_logging_tool',
  'test_elicitation',
  'test_sampling',
  'json_schema_2020_12_tool',
];

const BODIES: readonly ((random: Random) => Message)[] = [
  (random) => ({ method: 'tools/call', params: { name: random.pick(TOOLS), arguments: {} } }),
  () => ({ method: 'tools/call', params: { name: 'test_x_mcp_header', arguments: { region: 'eu' } } }),
  () => ({ method: 'tools/call', params: { name: 'test_sampling', arguments: { prompt: 'x' } } }),
  () => ({
    method: 'tools/call',
    params: { name: 'test_elicitation', arguments: { message: 'x' }, requestState: 'x' },
  }),
  () => ({ method: 'tools/list', params: { cursor: 'dG9vbDp4QA' } }),
  () => ({ method: 'tools/list' }),
  () => ({ method: 'resources/list' }),
  () => ({ method: 'resources/templates/list' }),
  () => ({ method: 'prompts/list' }),
  () => ({ method: 'resources/read', params: { uri: 'test://static-text' } }),
  () => ({ method: 'resources/read', params: { uri: 'test://template/123/data' } }),
  () => ({
    method: 'prompts/get',
    params: { name: 'test_prompt_with_arguments', arguments: { arg1: 'a', arg2: 'b' } },
  }),
  () => ({
    method: 'completion/complete',
    params: {
      ref: { type: 'ref/prompt', name: 'test_prompt_with_arguments' },
      argument: { name: 'arg1', value: 'a' },
    },
  }),
  () => ({
    method: 'subscriptions/listen',
    params: { notifications: { toolsListChanged: true, resourceSubscriptions: [] } },
  }),
  () => ({ method: 'resources/subscribe', params: { uri: 'test://watched-resource' } }),
  () => ({ method: 'resources/unsubscribe', params: { uri: 'test://watched-resource' } }),
  () => ({ method: 'logging/setLevel', params: { level: 'error' } }),
  () => ({ method: 'server/discover' }),
  () => ({ method: 'ping' }),
  () => ({
    method: 'initialize',
    params: { protocolVersion: '2025-11-25', capabilities: {}, clientInfo: { name: 'fuzz', version: '1' } },
  }),
];

const NOTIFICATIONS: readonly Message[] = [
  { method: 'notifications/initialized' },
  { method: 'notifications/cancelled', params: { requestId: 1, reason: 'x' } },
  { method: 'notifications/progress', params: { progressToken: 'x', progress: 1 } },
  { method: 'notifications/roots/list_changed' },
];

const ANSWERS: readonly Message[] = [
  { id: 'server-1', result: {} },
  { id: 7, error: { code: -1, message: 'x' } },
];

/** A message that nothing is wrong with, of either era. */
export function goodMessage(random: Random): Message {
  const jsonrpc = '2.0';
  if (random.chance(0.03)) return { jsonrpc, ...random.pick(ANSWERS) };
  const id = random.pick([random.below(1000), `id-${random.below(1000)}`]);
  const message = random.chance(0.1)
    ? { jsonrpc, ...random.pick(NOTIFICATIONS) }
    : { jsonrpc, id, ...random.pick(BODIES)(random) };
  return random.chance(0.5) ? modern(structuredClone(message), random) : structuredClone(message);
}

function modern(message: Message, random: Random): Message {
  const level = random.chance(0.2) ? { 'io.modelcontextprotocol/logLevel': 'debug' } : {};
  const token = random.chance(0.2) ? { progressToken: random.below(9) } : {};
  const params = message.params ?? {};
  return { ...message, params: { ...params, _meta: { ...META, ...level, ...token } } };
}

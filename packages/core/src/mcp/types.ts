/** The protocol's own types, taken from the official SDK in one place. */
export type {
  CallToolResult,
  ClientCapabilities,
  ContentBlock,
  Implementation,
  LoggingLevel,
  ServerCapabilities,
  Tool as ToolDefinition,
  ToolAnnotations,
} from '@modelcontextprotocol/sdk/types.js';

import { createHash } from 'node:crypto';
import type { View } from '../catalog/view.js';
import type { ComponentKind } from '../components/component-record.js';
import type { Implementation, ServerCapabilities } from '../mcp/types.js';

/** What a client sees of a server before it calls anything, as plain data. */
export type Contract = Readonly<Record<string, unknown>>;

/** What a contract is drawn from. */
export interface ContractSource {
  readonly info: Implementation;
  readonly instructions: string | undefined;
  readonly capabilities: ServerCapabilities;
  /** What a caller sees that has not said who it is. */
  readonly view: View;
}

/**
 * The contract of a server: who it is, what it can do, and the definition of every component that is offered.
 *
 * The version is left out: it changes with every release, and clients see it apart from what it names.
 */
export function contractOf({ info, instructions, capabilities, view }: ContractSource): Contract {
  const { version: _version, ...server } = info;
  const list = (kind: ComponentKind): readonly unknown[] =>
    [...view.list(kind)]
      .sort((a, b) => (a.key < b.key ? -1 : 1))
      .map(({ definition, version }) => ({ ...definition, ...(version !== undefined && { version }) }));
  return canonical({
    server: { ...server, ...(instructions !== undefined && { instructions }), capabilities },
    tools: list('tool'),
    resources: list('resource'),
    resourceTemplates: list('template'),
    prompts: list('prompt'),
  }) as Contract;
}

/** The text of a contract, the same for the same contract. */
export function contractText(contract: Contract): string {
  return `${JSON.stringify(contract, undefined, 2)}\n`;
}

/** Members in one order, whatever order the code has them in: what people look for first, then by the alphabet. */
export function canonical(value: unknown): unknown {
  if (typeof value === 'string') return shortened(value);
  if (Array.isArray(value)) return value.map(canonical);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).filter(([, member]) => member !== undefined);
  return Object.fromEntries(
    entries
      .sort(([a], [b]) => place(a) - place(b) || (a < b ? -1 : 1))
      .map(([name, member]) => [name, name === 'required' ? sorted(member) : canonical(member)]),
  );
}

const FIRST: readonly string[] = [
  ...['server', 'tools', 'resources', 'resourceTemplates', 'prompts'],
  ...['name', 'uri', 'uriTemplate', 'title', 'description', 'type'],
];

function place(name: string): number {
  const found = FIRST.indexOf(name);
  return found === -1 ? FIRST.length : found;
}

/** In which order required members are named says nothing. */
function sorted(required: unknown): unknown {
  return Array.isArray(required) ? [...(required as unknown[])].sort() : required;
}

/** Pictures are kept by their digest: a contract is for people to read. */
const MAX_DATA_URI = 128;

function shortened(text: string): string {
  if (text.length <= MAX_DATA_URI || !text.startsWith('data:')) return text;
  const digest = createHash('sha256').update(text).digest('hex').slice(0, 32);
  return `${text.slice(0, text.indexOf(',') + 1)}sha256-${digest}`;
}

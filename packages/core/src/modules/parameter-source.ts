import type { RequestPlan } from '../di/request-plan.js';
import type { InjectionToken } from '../di/token.js';
import type { CallContext } from '../context/call-context.js';
import { registry, type Constructor, type RecordKind } from '../metadata/registry.js';
import { COMPLETE } from '../records/complete-record.js';
import { ENTRY_POINT } from '../records/entry-point-record.js';
import { PROMPT } from '../records/prompt-record.js';
import { RESOURCE } from '../records/resource-record.js';
import { ON_SESSION } from '../records/session-record.js';
import { TOOL, type ArgRecord } from '../records/tool-record.js';
import type { SchemaSource } from '../schema/schema.js';
import type { TextLoss } from '../text/class-text.js';
import { methodTextLoss, readMethodText, type MethodText } from '../text/method-text.js';

/** Where the value of one parameter of a handler comes from. */
export type ParameterSource =
  | { readonly from: 'arguments'; readonly schema: SchemaSource }
  | {
      readonly from: 'argument';
      readonly name: string;
      readonly arg: ArgRecord | undefined;
      readonly type: PlainType | undefined;
    }
  | { readonly from: 'container'; readonly token: InjectionToken; readonly optional?: true }
  | { readonly from: 'context'; readonly take: (context: CallContext) => unknown }
  /** What whoever calls an entry point hands over, the first, the second and so on. */
  | { readonly from: 'caller'; readonly index: number };

/** The types of plain arguments, as compilers write them. */
export type PlainType = 'string' | 'number' | 'boolean';

/** A method whose parameters are read. */
export interface HandlerMethod {
  readonly owner: Constructor;
  /** What the module that lists the class sees. */
  readonly plan: RequestPlan;
  readonly name: string;
  /** The class, of those the owner descends from, that last put a decorator of a handler on the method. */
  readonly decorated: Constructor;
  /** `Class.method()`, for error texts. */
  readonly label: string;
  /** The decorator that makes it a handler, for error texts: `@Tool`. */
  readonly decorator: string;
  readonly text: MethodText | undefined;
  /** What has taken the text of its class away. */
  readonly textLoss: TextLoss | undefined;
  /** What whoever calls it hands over, where it has that instead of arguments. */
  readonly given?: readonly string[];
}

/** The kinds of records that make a method a handler. */
export const HANDLER_KINDS: readonly RecordKind<unknown>[] = [
  TOOL,
  RESOURCE,
  PROMPT,
  COMPLETE,
  ON_SESSION,
  ENTRY_POINT,
];

/** A method as its parameters are read from it. */
export function handlerMethod(
  owner: Constructor,
  name: string,
  of: { readonly plan: RequestPlan; readonly decorator: string },
): HandlerMethod {
  return {
    owner,
    name,
    ...of,
    decorated: decoratedClass(owner, name),
    label: `${owner.name}.${name}()`,
    text: readMethodText(owner, name),
    textLoss: methodTextLoss(owner, name),
  };
}

/** What decorators wrote on the parameters, in the class that last decorated the method: none of its ancestors' is mixed in. */
export function recordsAt<R>(
  kind: RecordKind<R>,
  { decorated, name }: HandlerMethod,
): ReadonlyMap<number, R> {
  const entries = registry.own(kind, decorated);
  if (entries.length === 0) return NONE;
  const records = new Map<number, R>();
  for (const { method, index, record } of entries)
    if (method === name && index !== undefined) records.set(index, record);
  return records;
}

const NONE: ReadonlyMap<number, never> = new Map<number, never>();

function decoratedClass(owner: Constructor, name: string): Constructor {
  if (Object.getPrototypeOf(owner) === Function.prototype) return owner;
  const owners = HANDLER_KINDS.flatMap((kind) =>
    registry.inherited(kind, owner).flatMap((entry) => (entry.method === name ? [entry.owner] : [])),
  );
  // The one that descends from all others.
  return owners.find((each) => owners.every((other) => each === other || isA(each, other))) ?? owner;
}

function isA(cls: Constructor, ancestor: Constructor): boolean {
  return Object.prototype.isPrototypeOf.call(ancestor, cls);
}

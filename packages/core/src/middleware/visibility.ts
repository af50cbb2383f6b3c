import type { Component } from '../components/component.js';
import { mostVarying, type Varies } from '../context/varies.js';
import { FrameworkError } from '../errors/framework-error.js';
import type { MessageCall } from './call.js';
import type { MiddlewareEntry } from './compose.js';
import type { MiddlewareList } from './middleware-list.js';

/** The `visible` that is at work: it waits for nothing, so there is never more than one. */
let deciding: string | undefined;

/** What the middleware that has `visible` shows to whom: that of modules of all components, that of a class or method of its own. */
export class Visibility {
  readonly #own = new Map<Component, readonly MiddlewareEntry[]>();
  readonly #list: MiddlewareList;
  #everywhere: readonly MiddlewareEntry[] = [];
  #varies: Varies = 'never';

  constructor(list: MiddlewareList) {
    this.#list = list;
    list.onChange(() => {
      this.#read();
    });
    this.#read();
  }

  /** Whether there is any. */
  get rules(): boolean {
    return this.#everywhere.length > 0 || this.#own.size > 0;
  }

  /** Behind how many of what stands before every message it is known who sees what. */
  get asked(): number {
    // What stands before one component may go by what any of those around it has fetched.
    return this.#own.size > 0
      ? this.#list.entries.length
      : this.#list.entries.findLastIndex(({ visible }) => visible) + 1;
  }

  /** What they depend on, all together. */
  get varies(): Varies {
    return this.#varies;
  }

  /** Adds what stands before one component only. */
  addOf(component: Component, entries: readonly MiddlewareEntry[]): void {
    const rules = entries.filter(({ visible }) => visible);
    if (rules.length === 0) return;
    this.#own.set(component, rules);
    this.#read();
  }

  /** Whether the sender of a message sees a component. */
  seenBy(call: MessageCall): (component: Component) => boolean {
    return (component) =>
      this.#everywhere.every((rule) => shows(rule, component, call)) &&
      (this.#own.get(component)?.every((rule) => shows(rule, component, call)) ?? true);
  }

  #read(): void {
    this.#everywhere = this.#list.entries.filter(({ visible }) => visible);
    const all = [...this.#everywhere, ...[...this.#own.values()].flat()];
    this.#varies = mostVarying(all.map(({ varies }) => varies ?? 'call'));
  }
}

/** Refuses a call of the server itself out of `visible`: it would ask who sees what, and so itself. */
export function refuseWhileDeciding(method: string): void {
  if (deciding === undefined) return;
  throw new FrameworkError('ERR_MIDDLEWARE_VISIBLE', {
    hook: deciding,
    problem: `called the server itself (${method}), which asks it again`,
  });
}

function shows(rule: MiddlewareEntry, component: Component, call: MessageCall): boolean {
  const before = deciding;
  deciding = `${rule.label}.visible`;
  try {
    const seen = rule.instance(call).visible?.(component, call);
    if (typeof seen === 'boolean') return seen;
    throw new FrameworkError('ERR_MIDDLEWARE_VISIBLE', { hook: deciding, problem: `returned ${said(seen)}` });
  } finally {
    deciding = before;
  }
}

function said(value: unknown): string {
  if (value instanceof Promise) return 'a promise';
  return value === null || value === undefined ? String(value) : `a value of type ${typeof value}`;
}

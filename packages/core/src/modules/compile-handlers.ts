import type { Completer } from '../components/completer.js';
import type { Component } from '../components/component.js';
import type { RequestPlan } from '../di/request-plan.js';
import type { Mistakes } from '../errors/mistakes.js';
import { registry, type Constructor, type RecordKind } from '../metadata/registry.js';
import { COMPLETE } from '../records/complete-record.js';
import { ENTRY_POINT } from '../records/entry-point-record.js';
import { PROMPT } from '../records/prompt-record.js';
import { RESOURCE } from '../records/resource-record.js';
import { ON_SESSION } from '../records/session-record.js';
import { TOOL } from '../records/tool-record.js';
import { compileCompleter, type CompiledCompleter } from './compile-completer.js';
import { checkEntryPoints, compileEntryPoint, type CompiledEntryPoint } from './compile-entry-point.js';
import type { CompileHost } from './compile-host.js';
import { compilePrompt } from './compile-prompt.js';
import { compileResource } from './compile-resource.js';
import { compileTool } from './compile-tool.js';
import { invoker, type Invoke } from './invoker.js';
import type { ListedHandler } from './list-handlers.js';
import { planTakes } from './parameter-plan.js';
import { HANDLER_KINDS, handlerMethod, type HandlerMethod } from './parameter-source.js';

/** A component, and the class and method whose middleware stands before it. */
export interface CompiledComponent {
  readonly component: Component;
  readonly owner: Constructor;
  readonly method: string;
  /** What its module sees. */
  readonly plan: RequestPlan;
}

/** What the handler classes of a server amount to. */
export interface CompiledHandlers {
  readonly components: readonly CompiledComponent[];
  /** What runs when a session begins. */
  readonly onSession: readonly Invoke[];
  /** What other packages call. */
  readonly entryPoints: readonly CompiledEntryPoint[];
  /** What completes the arguments of a prompt, by its name, or the variables of a template, by its text. */
  completersOf(target: string): ReadonlyMap<string, Completer>;
}

/** The decorated methods of all handler classes as components that can run. */
export function compileHandlers(
  handlers: readonly ListedHandler[],
  of: Omit<CompileHost, 'completersOf' | 'mistakes'>,
  mistakes: Mistakes,
): CompiledHandlers {
  const each = <R, T>(kind: RecordKind<R>, compile: (method: HandlerMethod, record: R) => T): readonly T[] =>
    handlers.flatMap((handler) => compileEach(kind, handler, { compile, mistakes }));
  for (const { owner } of handlers) checkDecorated(owner, mistakes);
  const completers = each(COMPLETE, (method, record) => compileCompleter(method, record));
  const completersOf = (target: string): ReadonlyMap<string, Completer> =>
    new Map(
      completers.flatMap((completer) =>
        completer.target === target ? [[completer.argument, completer.complete] as const] : [],
      ),
    );
  const host: CompileHost = { ...of, completersOf, mistakes };
  const place = (component: Component, { owner, name, plan }: HandlerMethod): CompiledComponent => ({
    component,
    owner,
    method: name,
    plan,
  });
  const components = [
    ...each(TOOL, (method, record) => place(compileTool(method, record, host), method)),
    ...each(RESOURCE, (method, record) => place(compileResource(method, record, host), method)),
    ...each(PROMPT, (method, record) => place(compilePrompt(method, record, host), method)),
  ];
  const onSession = each(ON_SESSION, (method) => invoker(method, planTakes(method, undefined).takes));
  const entryPoints = each(ENTRY_POINT, (method, record) => compileEntryPoint(method, record));
  checkEntryPoints(entryPoints, mistakes);
  checkTargets(completers, components, { meant: declaredTargets(handlers), mistakes });
  return { components, onSession, entryPoints, completersOf };
}

function compileEach<R, T>(
  kind: RecordKind<R>,
  { owner, plan }: ListedHandler,
  of: { compile: (method: HandlerMethod, record: R) => T; mistakes: Mistakes },
): readonly T[] {
  return registry.inherited(kind, owner).flatMap(({ method = '', record }) => {
    const place = { plan, decorator: DECORATORS.get(kind.name) ?? '' };
    const compiled = of.mistakes.attempt(() => of.compile(handlerMethod(owner, method, place), record));
    return compiled === undefined ? [] : [compiled];
  });
}

/** The kinds of records that make a method a handler, and the decorators that write them. */
const DECORATORS: ReadonlyMap<string, string> = new Map([
  [TOOL.name, '@Tool'],
  [RESOURCE.name, '@Resource'],
  [PROMPT.name, '@Prompt'],
  [COMPLETE.name, '@Complete'],
  [ON_SESSION.name, '@OnSession'],
]);

function checkDecorated(owner: Constructor, mistakes: Mistakes): void {
  if (HANDLER_KINDS.every((kind) => registry.inherited(kind, owner).length === 0))
    mistakes.add('ERR_HANDLER_EMPTY', { owner: owner.name });
}

/** What decorators say there is to complete, whether or not it could be compiled. */
function declaredTargets(handlers: readonly ListedHandler[]): ReadonlySet<string> {
  return new Set(
    handlers.flatMap(({ owner }) => [
      ...registry.inherited(PROMPT, owner).map(({ method = '', record }) => record.name ?? method),
      ...registry.inherited(RESOURCE, owner).map(({ record }) => record.uri),
    ]),
  );
}

/** A completer for what is not there would never be asked. What is wrong with what is there is told already. */
function checkTargets(
  completers: readonly CompiledCompleter[],
  components: readonly CompiledComponent[],
  { meant, mistakes }: { readonly meant: ReadonlySet<string>; readonly mistakes: Mistakes },
): void {
  for (const [index, completer] of completers.entries()) {
    const { target, label } = completer;
    const found = components.find(
      ({ component }) =>
        (component.kind === 'prompt' || component.kind === 'template') && component.id === target,
    );
    if (meant.has(target) && !components.some(({ component }) => component.id === target)) continue;
    const properties =
      found && 'input' in found.component
        ? ((found.component.input.json.properties ?? {}) as Readonly<Record<string, unknown>>)
        : undefined;
    const first = completers.findIndex(
      (each) => each.target === target && each.argument === completer.argument,
    );
    const wrong = wrongWith(completer, properties, first < index ? completers[first] : undefined);
    if (wrong) mistakes.add('ERR_COMPLETE_TARGET', { method: label, target, ...wrong });
  }
}

/** What is wrong with a completer for something that has these arguments. */
function wrongWith(
  { argument, others }: CompiledCompleter,
  properties: Readonly<Record<string, unknown>> | undefined,
  first: CompiledCompleter | undefined,
): { readonly problem: string; readonly cure: string } | undefined {
  if (!properties)
    return { problem: 'which is no prompt and no resource template of this server', cure: NAME_TARGET };
  const known = Object.keys(properties).join(', ') || 'none';
  if (!Object.hasOwn(properties, argument))
    return { problem: `which has no argument "${argument}"; it has ${known}`, cure: NAME_TARGET };
  if (first)
    return {
      problem: `whose "${argument}" ${first.label} completes already`,
      cure: 'Make one method of the two, or let one complete another argument.',
    };
  const other = others.find((name) => !Object.hasOwn(properties, name));
  return other === undefined
    ? undefined
    : {
        problem: `and its parameter "${other}" is no argument of that; it has ${known}`,
        cure: `Name the parameter after the argument it is to know, or write @Arg('name') before it.`,
      };
}

const NAME_TARGET =
  'Name the prompt, or the whole text of the template, and one of its arguments: @Complete("name", "argument").';

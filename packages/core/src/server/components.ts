import type { LocalSource } from '../catalog/local-source.js';
import { type ComponentKind } from '../components/component-record.js';
import type { Component } from '../components/component.js';
import { Mistakes } from '../errors/mistakes.js';
import type { CompileHost } from '../modules/compile-host.js';
import { compileInline } from '../modules/compile-inline.js';
import type { Subscribers } from '../protocol/methods/subscribers.js';
import type { InlineComponent } from '../records/inline-component.js';

/** Which components are meant: those that fit all that is said, each list by any of its words. */
export interface Selection {
  readonly kinds?: readonly ComponentKind[];
  /** Names; of resources and templates also their URIs. */
  readonly names?: readonly string[];
  readonly tags?: readonly string[];
}

/** The components of a server while it runs: injectable, and behind `app.add()` and its kin. Clients are told of every change. */
export class Components {
  readonly #source: LocalSource;
  readonly #host: Pick<CompileHost, 'websiteUrl' | 'validation'>;
  readonly #subscribers: Subscribers;

  constructor(
    source: LocalSource,
    subscribers: Subscribers,
    host: Pick<CompileHost, 'websiteUrl' | 'validation'>,
  ) {
    this.#source = source;
    this.#subscribers = subscribers;
    this.#host = host;
  }

  /**
   * Adds components made by `tool()`, `resource()` or `prompt()`; none of them if one is wrong.
   *
   * @throws {FrameworkError} what `createApp` would have said of them.
   */
  add(...components: readonly InlineComponent[]): void {
    const mistakes = new Mistakes();
    const compiled = components.flatMap(
      (each) => mistakes.attempt(() => compileInline(each, { ...this.#host, mistakes })) ?? [],
    );
    mistakes.throwIfAny('app.add()');
    this.#source.add(compiled, mistakes);
    mistakes.throwIfAny('app.add()');
  }

  /** Removes components; returns how many. */
  remove(selection: Selection): number {
    return this.#source.remove(selects(selection));
  }

  /** Offers components that were disabled; returns how many. */
  enable(selection: Selection): number {
    return this.#source.enable(selects(selection), true);
  }

  /** Hides components from every list and every call; returns how many. */
  disable(selection: Selection): number {
    return this.#source.enable(selects(selection), false);
  }

  /** Says that callers may see something else now, as where `visible` of a middleware has changed its mind: clients are told. */
  changed(): void {
    this.#source.touch();
  }

  /** Tells the clients that watch a resource that its content has changed. */
  updated(uri: string): void {
    this.#subscribers.updated(uri);
  }
}

function selects({ kinds, names, tags }: Selection): (component: Component) => boolean {
  return (component) =>
    (kinds?.includes(component.kind) ?? true) &&
    (names ? names.includes(component.name) || names.includes(component.id) : true) &&
    (tags?.some((tag) => component.tags.has(tag)) ?? true);
}

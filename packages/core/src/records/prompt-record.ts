import { recordKind } from '../metadata/registry.js';
import type { SchemaSource } from '../schema/schema.js';
import type { ComponentOptions } from './component-options.js';

/** What a prompt says about itself beyond its method. */
export interface PromptOptions<I = unknown> extends ComponentOptions {
  /** What the arguments must be; the method's first parameter receives them. Default: what the parameters say. */
  readonly input?: SchemaSource<I>;
}

/** The options of a method with @Prompt. */
export const PROMPT = recordKind<PromptOptions>('prompt');

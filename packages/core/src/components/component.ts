import type { Prompt } from './prompt.js';
import type { ResourceTemplate } from './resource-template.js';
import type { Resource } from './resource.js';
import type { Tool } from './tool.js';

interface ByKind {
  readonly tool: Tool;
  readonly resource: Resource;
  readonly template: ResourceTemplate;
  readonly prompt: Prompt;
}

/** The component of a kind. */
export type ComponentOf<K extends keyof ByKind> = ByKind[K];

/** Any component. */
export type Component = ComponentOf<keyof ByKind>;

import { recordKind } from '../metadata/registry.js';
import type { CacheHint } from '../mcp/cache-hint.js';
import type { Annotations } from '../mcp/types.js';
import type { ComponentOptions } from './component-options.js';

/** What a resource says about itself beyond its URI and its method. */
export interface ResourceOptions extends ComponentOptions {
  /** Default: `text/plain` for a string, `application/octet-stream` for bytes, `application/json` for anything else. */
  readonly mimeType?: string;
  /** For whom it is, how much it matters, when it changed. */
  readonly annotations?: Annotations;
  /** Bytes of the content, where that is known. */
  readonly size?: number;
  /** How long clients of 2026-07-28 may keep what is read, and who may share it. Default: not at all. */
  readonly cache?: CacheHint;
  /**
   * Of a template: values that leave their place (`../x`, `/x`, `C:\x`, NUL) are not found, in the path and in the query.
   * `false` lets all of them through, `exempt` those of some variables. Default: `true`.
   */
  readonly pathSecurity?: boolean | { readonly exempt: readonly string[] };
}

/** What @Resource writes. */
export interface ResourceRecord {
  readonly uri: string;
  readonly options: ResourceOptions;
}

/** The URI and the options of a method with @Resource. */
export const RESOURCE = recordKind<ResourceRecord>('resource');

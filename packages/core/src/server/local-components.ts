import { LocalSource } from '../catalog/local-source.js';
import { Subscribers } from '../protocol/methods/subscribers.js';
import type { ModuleOptions } from '../records/module-record.js';
import type { ValidationMode } from '../schema/schema.js';
import type { Logger } from '../telemetry/logger.js';
import { Components } from './components.js';

/** What a server has of its own: its components, who is told of them, and the way to change them. */
export interface LocalComponents {
  readonly source: LocalSource;
  readonly subscribers: Subscribers;
  readonly components: Components;
  readonly websiteUrl: string | undefined;
  readonly validation: ValidationMode;
}

/** An empty source of components, as the options of the root module want it. */
export function localComponents(root: ModuleOptions, logger: Logger): LocalComponents {
  const { onDuplicate = 'error', websiteUrl, validation = 'lax' } = root;
  const source = new LocalSource(onDuplicate, logger);
  const subscribers = new Subscribers();
  const components = new Components(source, subscribers, { websiteUrl, validation });
  return { source, subscribers, components, websiteUrl, validation };
}

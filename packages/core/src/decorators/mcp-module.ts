import { registry, type Constructor } from '../metadata/registry.js';
import { MODULE, type ModuleOptions } from '../records/module-record.js';
import { refuseBare } from './target.js';

/** Gathers providers, lifespans, handlers, middleware and modules into a server, or a part. */
export function McpModule(...given: [options: ModuleOptions]): ClassDecorator {
  refuseBare("@McpModule({ name: '…', handlers: […] })", given);
  const [options] = given;
  return (target) => {
    registry.write(MODULE, {
      owner: target as unknown as Constructor,
      method: undefined,
      index: undefined,
      record: options,
    });
  };
}

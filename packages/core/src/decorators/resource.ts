import { registry } from '../metadata/registry.js';
import { RESOURCE, type ResourceOptions } from '../records/resource-record.js';
import type { DecoratorOf, Method } from './decorator-of.js';
import { methodOf, refuseBare } from './target.js';

/**
 * Offers what a method returns as a resource: at a URI (`data://config`), or by an RFC 6570 template (`user://{id}/profile`).
 *
 * The variables of a template are the method's parameters, by name: `{x}` is one segment, `{x*}` may be several,
 * `{?x}` stands in the query and may be left out. The method runs for each read, never for a list.
 */
export function Resource(uri: string, options: ResourceOptions = {}): DecoratorOf<Method> {
  refuseBare("@Resource('data://config')", [uri, options]);
  return (target, key) => {
    registry.write(RESOURCE, {
      ...methodOf('@Resource', target, key),
      index: undefined,
      record: { uri, options },
    });
  };
}

import { registry } from '../metadata/registry.js';
import { IN_HEADER } from '../schema/in-header.js';
import { memberOf, refuseBare } from './target.js';

/**
 * A field of the arguments that clients repeat in a header: in `Mcp-Param-{name}`, for what routes by it on the way to the server.
 *
 * The header is checked against the field before the tool is called. Never for secrets: headers are read and logged on the way.
 */
export function InHeader(...given: [name: string]): PropertyDecorator {
  refuseBare("@InHeader('Name')", given);
  const [name] = given;
  return (target, key) => {
    registry.write(IN_HEADER, { ...memberOf('@InHeader', target, key), index: undefined, record: name });
  };
}

import { registry } from '../metadata/registry.js';
import { FROM_CALL, type TakeFromCall } from '../records/from-call-record.js';
import { memberOf } from './target.js';

/**
 * Makes a parameter decorator of your own: `const Tenant = () => parameterFrom('@Tenant', (context) => context.principal?.tenant)`.
 *
 * What `take` finds reaches the method as it is. The exchange behind the context has what a context withholds, as the headers
 * that carry credentials.
 */
export function parameterFrom(decorator: string, take: TakeFromCall): ParameterDecorator {
  return (target, key, index) => {
    registry.write(FROM_CALL, { ...memberOf(decorator, target, key), index, record: take });
  };
}

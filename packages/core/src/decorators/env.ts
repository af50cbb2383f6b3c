import { registry } from '../metadata/registry.js';
import { ENV, SECRET } from '../records/config-record.js';
import { memberOf, refuseBare } from './target.js';

/**
 * A field of a config class that is read from the environment: `@Env('DATABASE_URL')`.
 *
 * Without a name it is read from the field's own: `databaseUrl` from DATABASE_URL. So is every field that has a validator.
 */
export function Env(...given: [variable?: string]): PropertyDecorator {
  refuseBare('@Env()', given);
  const [variable] = given;
  return (target, key) => {
    registry.write(ENV, { ...memberOf('@Env', target, key), index: undefined, record: { variable } });
  };
}

/**
 * A field of a config class whose value is never printed, nor told in an error.
 *
 * It is not enumerable: a config that is logged, spread or returned leaves it out.
 */
export function Secret(...given: []): PropertyDecorator {
  refuseBare('@Secret()', given);
  return (target, key) => {
    registry.write(SECRET, { ...memberOf('@Secret', target, key), index: undefined, record: true });
  };
}

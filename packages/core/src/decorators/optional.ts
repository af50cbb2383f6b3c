import { OPTIONAL } from '../di/records.js';
import { registry, type Constructor } from '../metadata/registry.js';
import { memberOf, refuseBare } from './target.js';

/** The parameter of a constructor or a handler that is undefined where nothing provides it. */
export function Optional(...given: []): ParameterDecorator {
  refuseBare('@Optional()', given);
  return (target, key, index) => {
    const place =
      key === undefined
        ? { owner: target as Constructor, method: undefined }
        : memberOf('@Optional', target, key);
    registry.write(OPTIONAL, { ...place, index, record: true });
  };
}

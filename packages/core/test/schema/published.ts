import { Ajv2020 } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import type { JsonSchema } from '../../src/schema/schema.js';

/** The published schema as a client's validator reads it, formats included. */
export const validatorOf = (json: JsonSchema): ((value: unknown) => boolean) => {
  const ajv = new Ajv2020({ strict: false, allErrors: true });
  (addFormats as unknown as (ajv: Ajv2020) => void)(ajv);
  const check = ajv.compile(json);
  return (value) => check(value);
};

import { registry, type Constructor } from '../metadata/registry.js';
import { ARG, ARGS, CONTEXT, type ArgOptions, type ArgRecord } from '../records/tool-record.js';
import { INJECT } from '../di/records.js';
import type { InjectionToken } from '../di/token.js';
import type { SchemaSource } from '../schema/schema.js';
import { memberOf, refuseBare } from './target.js';

/** The parameter that receives all arguments: of the class its type names, or of the schema given. */
export function Args(...given: [schema?: SchemaSource]): ParameterDecorator {
  refuseBare('@Args()', given);
  return (target, key, index) => {
    registry.write(ARGS, { ...memberOf('@Args', target, key), index, record: given[0] });
  };
}

/**
 * The parameter that receives one argument, where its name and type do not say enough.
 *
 * After the name come options and decorators of class-validator, in any order: `@Arg('days', { description: '…' }, IsInt(), Min(1))`.
 */
export function Arg(
  name: string,
  ...refinements: readonly (ArgOptions | PropertyDecorator)[]
): ParameterDecorator {
  refuseBare("@Arg('name')", [name, ...refinements]);
  const validators = refinements.filter((each): each is PropertyDecorator => typeof each === 'function');
  const options = Object.assign({}, ...refinements.filter((each) => typeof each === 'object')) as ArgOptions;
  return (target, key, index) => {
    registry.write(ARG, { ...memberOf('@Arg', target, key), index, record: { name, options, validators } });
  };
}

/**
 * The parameter that receives a session by its handle: a HeldSession. The model gives the handle as the argument `name`.
 *
 * A handle that is unknown, has ended or is another caller's is told to the model, and the method is not called.
 */
export function SessionHandle(
  name = 'session_id',
  options: Pick<ArgOptions, 'description'> = {},
): ParameterDecorator {
  refuseBare('@SessionHandle()', [name, options]);
  const { description = 'The handle of the session, as create_session gave it.' } = options;
  const record: ArgRecord = {
    name,
    options: { ...options, type: 'string', description },
    validators: [],
    resolve: (handle, context) => context.openState().handles.open(String(handle), context),
  };
  return (target, key, index) => {
    registry.write(ARG, { ...memberOf('@SessionHandle', target, key), index, record });
  };
}

/** The parameter of a constructor or a handler that is injected by a token; `() => Token` where an import cycle is in the way. */
export function Inject(...given: [token: InjectionToken | (() => InjectionToken)]): ParameterDecorator {
  refuseBare('@Inject(Token)', given);
  const [token] = given;
  return (target, key, index) => {
    const place =
      key === undefined
        ? { owner: target as Constructor, method: undefined }
        : memberOf('@Inject', target, key);
    registry.write(INJECT, { ...place, index, record: token });
  };
}

/** The parameter that receives the Context, where its type does not say it: under a compiler that writes no types. */
export function Ctx(...given: []): ParameterDecorator {
  refuseBare('@Ctx()', given);
  return (target, key, index) => {
    registry.write(CONTEXT, { ...memberOf('@Ctx', target, key), index, record: true });
  };
}

import { OPTIONAL } from '../di/records.js';
import { FrameworkError } from '../errors/framework-error.js';
import { recordsAt, type HandlerMethod, type ParameterSource } from './parameter-source.js';

/** Lets the parameters with @Optional be undefined; an argument says that in its own way. */
export function withOptional(
  sources: readonly ParameterSource[],
  method: HandlerMethod,
): readonly ParameterSource[] {
  const marked = recordsAt(OPTIONAL, method);
  if (marked.size === 0) return sources;
  return sources.map((source, index) => {
    if (!marked.has(index) || source.from === 'context') return source;
    if (source.from === 'container') return { ...source, optional: true };
    throw new FrameworkError('ERR_DECORATOR_MISUSE', {
      decorator: '@Optional',
      target: `parameter ${index} of ${method.label}`,
      problem: 'stands before what the caller sends',
      cure:
        source.from === 'argument'
          ? `Write @Arg('${source.name}', { optional: true }), or give the parameter a default.`
          : 'Put @IsOptional() of class-validator on the fields that may be left out.',
    });
  });
}

import { FrameworkError } from '../errors/framework-error.js';
import type { UriTemplate } from '../mcp/uri-template.js';
import type { CompiledSchema } from '../schema/schema.js';
import { nearest } from './nearest.js';

/** Refuses a method whose parameters are not the variables of its URI. */
export function checkVariables(
  of: { uri: string; label: string; input: CompiledSchema; handles?: readonly string[] },
  template: UriTemplate | undefined,
): void {
  const { properties = {}, required = [] } = of.input.json as {
    properties?: Readonly<Record<string, unknown>>;
    required?: readonly string[];
  };
  const problem = problemOf(template, Object.keys(properties), { required, handles: of.handles ?? [] });
  if (problem)
    throw new FrameworkError('ERR_RESOURCE_VARIABLES', { method: of.label, uri: of.uri, ...problem });
}

function problemOf(
  template: UriTemplate | undefined,
  parameters: readonly string[],
  { required, handles }: { readonly required: readonly string[]; readonly handles: readonly string[] },
): { problem: string; cure: string } | undefined {
  const { pathParams = [], queryParams = [] } = template ?? {};
  const variables = [...pathParams, ...queryParams];
  const missing = variables.filter((name) => !parameters.includes(name));
  const surplus = parameters.filter((name) => !variables.includes(name));
  if (missing.length > 0) {
    const instead =
      surplus.length > 0 ? `, and its parameter "${surplus.join('", "')}" names no variable` : '';
    return {
      problem: `the method has no parameter for {${missing.join('}, {')}}${instead}`,
      cure: missing.map((name) => cureFor(name, { missing, surplus, handles })).join(' '),
    };
  }
  const unfilled = required.find((name) => !variables.includes(name));
  if (unfilled !== undefined)
    return {
      problem: `nothing in it fills the parameter "${unfilled}"`,
      cure: `Put {${unfilled}} into the URI, or inject the parameter: @Inject(Token).`,
    };
  const demanded = queryParams.find((name) => required.includes(name));
  if (demanded === undefined) return undefined;
  return {
    problem: `{?${demanded}} may be left out of a URI, but the parameter "${demanded}" is required`,
    cure: `Give it a default: ${demanded} = …, or write @Arg('${demanded}', { optional: true }).`,
  };
}

/** `userId` is `user_id` in another spelling; and of one variable and one parameter each is the other. */
function cureFor(
  name: string,
  of: { readonly [K in 'missing' | 'surplus' | 'handles']: readonly string[] },
): string {
  const { missing, surplus, handles } = of;
  const only = missing.length === 1 && surplus.length === 1 ? surplus[0] : undefined;
  const near = nearest(name.replaceAll('_', ''), surplus) ?? only;
  if (near !== undefined && handles.includes(near))
    return `Name the handle after the variable: @SessionHandle('${name}').`;
  return near === undefined
    ? `Add a parameter "${name}", or take the variable out of the template.`
    : `Rename the parameter "${near}" to "${name}", or write @Arg('${name}') before it.`;
}

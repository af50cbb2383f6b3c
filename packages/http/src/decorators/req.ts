import { parameterFrom } from '@tenon/core';

/**
 * The parameter that receives the HTTP request as a `HttpRequestInfo`; undefined over other transports.
 *
 * It is what `ctx.http` is: headers that carry credentials are left out.
 */
export function Req(): ParameterDecorator {
  return parameterFrom('@Req', (context) => context.http);
}

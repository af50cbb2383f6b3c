import { parameterFrom } from '@tenon/core';
import { header } from '../rules/http-message.js';

/**
 * The parameter that receives a header of the HTTP request; undefined where it was not sent, and over other transports.
 *
 * Headers that carry credentials, which `ctx.http` leaves out, are given to who asks for them by name: `@Header('x-api-key')`
 * and `@Header('authorization')` alike. What they hold is not for other servers.
 */
export function Header(name: string): ParameterDecorator {
  const lower = name.toLowerCase();
  return parameterFrom('@Header', (_, { http }) => (http ? header(http, lower) : undefined));
}

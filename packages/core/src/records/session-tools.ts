import type { CallContext } from '../context/call-context.js';
import type { Context } from '../context/context.js';
import { jsonSchema } from '../schema/json-schema.js';
import { tool, type InlineComponent } from './inline-component.js';

const END_INPUT = jsonSchema<{ session_id: string }>({
  type: 'object',
  properties: { session_id: { type: 'string', description: 'The handle of the session.' } },
  required: ['session_id'],
  additionalProperties: false,
});

/** The tools `create_session` and `end_session`: for `components` of a module whose other tools take a `@SessionHandle()`. */
export function sessionTools(): readonly InlineComponent[] {
  return [
    tool({
      name: 'create_session',
      description:
        'Begins a session and gives its handle, session_id. Give the handle to every tool that takes one: what they keep, they keep in the session.',
      annotations: { readOnlyHint: false, destructiveHint: false, openWorldHint: false },
      run: async (_: unknown, context: Context) => ({ session_id: await handlesOf(context).create(context) }),
    }),
    tool({
      name: 'end_session',
      description: 'Ends a session that is no longer needed, and forgets what was kept in it.',
      input: END_INPUT,
      annotations: { readOnlyHint: false, destructiveHint: true, openWorldHint: false },
      run: async ({ session_id }, context) => {
        await handlesOf(context).end(session_id, context);
        return 'The session has ended.';
      },
    }),
  ];
}

function handlesOf(context: Context) {
  return (context as CallContext).openState().handles;
}

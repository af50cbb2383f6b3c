import type { Prompt } from '../../components/prompt.js';
import { PromptError } from '../../errors/component-error.js';
import { ProtocolError, RPC } from '../../errors/protocol-error.js';
import { NotPlain } from '../../mcp/plain.js';
import { toPromptResult } from '../../mcp/prompt-result.js';
import type { GetPromptResult } from '../../mcp/types.js';
import type { MessageCall } from '../../middleware/call.js';
import type { Validation } from '../../schema/schema.js';
import { issuesText, type Method, type MethodHost } from './method.js';
import { runHandler } from './run-handler.js';

/** `prompts/get`. */
export function promptMethods(host: MethodHost): readonly Method[] {
  return [
    {
      name: 'prompts/get',
      eras: ['legacy', 'modern'],
      kind: 'request',
      find: (call) => {
        const { name } = call.params;
        const component =
          typeof name === 'string' ? host.catalog.viewFor(call).find('prompt', name) : undefined;
        return component && { component };
      },
      run: (call) => {
        const { name } = call.params;
        if (typeof name !== 'string')
          throw new ProtocolError(RPC.invalidParams, 'Invalid params of prompts/get: name must be a string');
        const { component } = call;
        if (!component) throw new ProtocolError(RPC.invalidParams, `Unknown prompt: '${name}'`);
        return host.chainOf(component)(call);
      },
    },
  ];
}

/** Checks the arguments of a prompt, and makes what its method returns messages. */
export function runPrompt(prompt: Prompt, call: MessageCall): GetPromptResult | Promise<GetPromptResult> {
  const { arguments: args = {} } = call.params as { arguments?: unknown };
  if (typeof args !== 'object' || args === null || Array.isArray(args))
    throw new ProtocolError(RPC.invalidParams, 'Invalid params of prompts/get: arguments must be an object');
  const render = (checked: Validation): GetPromptResult | Promise<GetPromptResult> => {
    if (!checked.ok)
      throw new ProtocolError(
        RPC.invalidParams,
        `Invalid arguments for prompt '${prompt.name}': ${issuesText(checked.issues)}`,
      );
    const { context } = call;
    return runHandler(context, {
      of: prompt,
      run: () => prompt.run(context, checked.value),
      finish: (value) => finish(prompt, value),
    }) as GetPromptResult | Promise<GetPromptResult>;
  };
  const checked = prompt.input.validate(args);
  return checked instanceof Promise ? checked.then(render) : render(checked);
}

function finish(prompt: Prompt, value: unknown): GetPromptResult {
  try {
    return toPromptResult(value, prompt.definition.description);
  } catch (error) {
    if (error instanceof NotPlain)
      throw new PromptError(`Prompt '${prompt.name}' returned ${error.message}`, { cause: error });
    throw error;
  }
}

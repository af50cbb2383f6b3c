import type { Component } from '../components/component.js';
import type { Tool } from '../components/tool.js';
import { ToolError } from '../errors/component-error.js';
import type { Chain } from '../middleware/compose.js';
import { runPrompt } from '../protocol/methods/prompts.js';
import { runResource, runTemplate } from '../protocol/methods/resources.js';
import { runTool } from '../protocol/methods/tools.js';
import type { Logger } from '../telemetry/logger.js';
import type { TimerWheel } from '../time/timer-wheel.js';

/** The method that runs a component of each kind. */
export const RUN_BY: Readonly<Record<Component['kind'], string>> = {
  tool: 'tools/call',
  resource: 'resources/read',
  template: 'resources/read',
  prompt: 'prompts/get',
};

/** What runs a component, as the end of the chain that leads to it. */
export function runComponent(component: Component, of: { wheel: TimerWheel; logger: Logger }): Chain {
  switch (component.kind) {
    case 'tool':
      return component.timeoutMs === undefined
        ? (call) => runTool(component, call)
        : limited(component, component.timeoutMs, of);
    case 'resource':
      return (call) => runResource(component, call);
    case 'template':
      return (call) => runTemplate(component, call);
    case 'prompt':
      return (call) => runPrompt(component, call);
  }
}

/** A tool that is answered for when its time is up; its signal tells it so, and its scope stays open until it has heeded. */
function limited(
  tool: Tool,
  timeoutMs: number,
  { wheel, logger }: { wheel: TimerWheel; logger: Logger },
): Chain {
  return (call) => {
    const { context } = call;
    const abort = context.limit();
    const running = runTool(tool, call);
    if (!(running instanceof Promise)) return running;
    return new Promise((resolve, reject) => {
      const inTime = wheel.after(timeoutMs, () => {
        const text = `Tool '${tool.name}' took longer than ${timeoutMs} ms`;
        logger.warn(text, { requestId: context.requestId });
        context.outlive(running);
        abort(new DOMException(text, 'TimeoutError'));
        reject(new ToolError(text));
      });
      running.then(resolve, reject).finally(inTime);
    });
  };
}

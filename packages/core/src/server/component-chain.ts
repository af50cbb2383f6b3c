import type { Component } from '../components/component.js';
import type { Tool } from '../components/tool.js';
import { ToolError } from '../errors/component-error.js';
import type { Chain } from '../middleware/compose.js';
import { withinTime } from '../middleware/deadline.js';
import { runPrompt } from '../protocol/methods/prompts.js';
import { runResource, runTemplate } from '../protocol/methods/resources.js';
import { runTool } from '../protocol/methods/tools.js';
import type { TimerWheel } from '../time/timer-wheel.js';

/** The method that runs a component of each kind. */
export const RUN_BY: Readonly<Record<Component['kind'], string>> = {
  tool: 'tools/call',
  resource: 'resources/read',
  template: 'resources/read',
  prompt: 'prompts/get',
};

/** What runs a component, as the end of the chain that leads to it. */
export function runComponent(component: Component, { wheel }: { readonly wheel: TimerWheel }): Chain {
  switch (component.kind) {
    case 'tool':
      return component.timeoutMs === undefined
        ? (call) => runTool(component, call)
        : limited(component, component.timeoutMs, wheel);
    case 'resource':
      return (call) => runResource(component, call);
    case 'template':
      return (call) => runTemplate(component, call);
    case 'prompt':
      return (call) => runPrompt(component, call);
  }
}

/** A tool that is answered for when its time is up. */
function limited(tool: Tool, timeoutMs: number, wheel: TimerWheel): Chain {
  const deadline = { timeoutMs, wheel, late: (text: string): Error => new ToolError(text) };
  const what = `Tool '${tool.name}'`;
  return (call) => withinTime({ context: call.context, what }, deadline, () => runTool(tool, call));
}

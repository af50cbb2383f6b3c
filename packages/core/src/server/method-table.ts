import { completionMethods } from '../protocol/methods/completion.js';
import { lifecycleMethods, type LifecycleHost } from '../protocol/methods/lifecycle.js';
import { listMethods } from '../protocol/methods/lists.js';
import { loggingMethods } from '../protocol/methods/logging.js';
import type { Method } from '../protocol/methods/method.js';
import { promptMethods } from '../protocol/methods/prompts.js';
import { resourceMethods } from '../protocol/methods/resources.js';
import { subscriptionMethods } from '../protocol/methods/subscriptions.js';
import { toolMethods } from '../protocol/methods/tools.js';

/** Every method a server answers. */
export function methodTable(host: LifecycleHost): readonly Method[] {
  return [
    ...lifecycleMethods(host),
    ...loggingMethods(),
    ...listMethods(host),
    ...toolMethods(host),
    ...resourceMethods(host),
    ...promptMethods(host),
    ...completionMethods(host),
    ...subscriptionMethods(host),
  ];
}

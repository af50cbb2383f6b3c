import type { ModuleProviders } from '../di/module-providers.js';
import { lifespanNodes } from '../di/provider-node.js';
import type { ConcreteClass } from '../di/provider.js';
import { tokenName, type InjectionToken } from '../di/token.js';
import type { Mistakes } from '../errors/mistakes.js';

/** Puts lifespans, and what they open, among the providers of their module; what two of them open is noted. */
export function addLifespans(
  lifespans: readonly ConcreteClass[],
  to: ModuleProviders,
  mistakes: Mistakes,
): void {
  const openers = new Map<InjectionToken, string>();
  for (const cls of lifespans) {
    for (const node of lifespanNodes(cls, mistakes)) {
      const first = openers.get(node.token);
      openers.set(node.token, first ?? cls.name);
      to.add(node);
      if (first === undefined) continue;
      const token = tokenName(node.token);
      mistakes.add('ERR_LIFESPAN_TWICE', { token, module: to.name, first, second: cls.name });
    }
  }
}

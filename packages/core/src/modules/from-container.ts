import type { CallContext } from '../context/call-context.js';
import type { RequestPlan } from '../di/request-plan.js';
import type { CallScope } from '../di/scope.js';
import type { InjectionToken } from '../di/token.js';

/** Takes what stands under a token while a message is answered; undefined if nothing provides the token. */
export function fromContainer(
  plan: RequestPlan,
  token: InjectionToken,
): ((context: CallContext) => unknown) | undefined {
  const compiled = plan.compile(token);
  if (!compiled) return undefined;
  const { get, scoped } = compiled;
  if (scoped) {
    return (context) => {
      const scope = context.scope;
      return get(scope, scope);
    };
  }
  // An app instance needs no scope, and so opens none.
  const none = undefined as unknown as CallScope;
  return () => get(none, none);
}

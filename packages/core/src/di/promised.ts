import { FrameworkError } from '../errors/framework-error.js';
import type { Lifetime } from './lifetime.js';

/** The mistake of a provider that answers with a promise where nobody waits for one. */
export function promised(
  node: { readonly label: string; readonly lifetime: Lifetime },
  promise?: Promise<unknown>,
): FrameworkError {
  // Nobody will look at it: that it fails as well must not end the process.
  promise?.catch(() => undefined);
  return new FrameworkError('ERR_PROVIDER_PROMISE', { token: node.label, lifetime: node.lifetime });
}

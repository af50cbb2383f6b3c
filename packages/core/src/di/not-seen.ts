import { FrameworkError } from '../errors/framework-error.js';
import type { ModuleProviders } from './module-providers.js';
import type { ProviderNode } from './provider-node.js';
import { tokenName, type InjectionToken } from './token.js';

/** What is known of all modules, as far as it is asked here. */
interface Modules {
  readonly modules: readonly ModuleProviders[];
  seenFrom(module: ModuleProviders, token: InjectionToken): readonly ProviderNode[];
  homeOf(node: ProviderNode): ModuleProviders;
}

/** Why a module does not see what somebody in it asks for, and what to change. */
export function notSeen(of: {
  owner: string;
  module: ModuleProviders;
  token: InjectionToken;
  graph: Modules;
}): FrameworkError {
  const { owner, module, graph } = of;
  const token = tokenName(of.token);
  const [first, second] = graph.seenFrom(module, of.token);
  if (first && second) {
    const names = { first: graph.homeOf(first).name, second: graph.homeOf(second).name };
    return new FrameworkError('ERR_DI_AMBIGUOUS', { owner, token, module: module.name, ...names });
  }
  const provider = graph.modules.find((each) => each.own.has(of.token));
  if (!provider) return new FrameworkError('ERR_DI_MISSING', { owner, token, module: module.name });
  const isExported = provider.exports.has(of.token);
  return new FrameworkError('ERR_DI_NOT_EXPORTED', {
    owner,
    module: module.name,
    token,
    provider: provider.name,
    problem: isExported ? `${module.name} does not import ${provider.name}` : 'does not export',
    cure: leadsTo(provider, module)
      ? `${provider.name} imports ${module.name} and cannot be imported there in turn: move ${token} into a module that exports it, which both import.`
      : additions(of.token, provider, module),
  });
}

function additions(token: InjectionToken, provider: ModuleProviders, module: ModuleProviders): string {
  const exporting = provider.exports.has(token)
    ? []
    : [`${tokenName(token)} to the exports of ${provider.name}`];
  const importing = module.imports.includes(provider)
    ? []
    : [`${provider.name} to the imports of ${module.name}`];
  return `Add ${[...exporting, ...importing].join(', and ')}.`;
}

/** Whether a module imports another, itself or through others. */
function leadsTo(from: ModuleProviders, to: ModuleProviders, asked = new Set<ModuleProviders>()): boolean {
  if (asked.has(from)) return false;
  asked.add(from);
  return from.imports.some((each) => each === to || leadsTo(each, to, asked));
}

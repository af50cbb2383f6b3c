import { FrameworkError } from '../errors/framework-error.js';
import { parameterTypes, UNTYPED } from '../metadata/design-types.js';
import type { Loss, LostSource } from './lost-source.js';
import type { HandlerMethod, ParameterSource } from './parameter-source.js';

/**
 * The sources of a method from which the build has taken nothing.
 *
 * @throws {FrameworkError} ERR_BUILD_LOST with all that is lost of the method, and the code that says it again.
 */
export function refuseLoss(
  method: HandlerMethod,
  sources: readonly (ParameterSource | LostSource)[],
  said: { readonly description?: string | undefined } | undefined,
): readonly ParameterSource[] {
  const undescribed = said !== undefined && said.description === undefined && method.textLoss !== undefined;
  if (!undescribed && sources.every((source) => source.from !== 'lost')) return sources;
  const lost = [
    ...LOSSES.flatMap((loss) => describe(loss, sources, method)),
    ...(undescribed ? ['the doc comment'] : []),
  ];
  const types = sources.some((source) => source.from === 'lost' && source.lost.includes('type'));
  const untyped = types && parameterTypes(method.owner, method.name) === undefined;
  const causes = [...(method.textLoss ? [method.textLoss] : []), ...(untyped ? [UNTYPED] : [])];
  throw new FrameworkError('ERR_BUILD_LOST', {
    owner: method.label,
    lost: lost.join(', '),
    cause: causes.map(({ cause }) => cause).join('; '),
    code: `${decorator(method, undescribed)} ${method.name}(${parameters(method, sources)})${types ? LEGEND : ''}`,
    setting: causes.map(({ cure }) => cure).join(', and '),
  });
}

const LOSSES: readonly Loss[] = ['name', 'type', 'default'];
/** Which of these is meant, nobody but the author knows. */
const LEGEND =
  ' (@Arg is one argument, @Args(Class) all of them, @Inject(Token) a provider, @Ctx() the Context)';

/** `the types of its parameters 0 ("city") and 1 ("days")`. */
function describe(
  loss: Loss,
  sources: readonly (ParameterSource | LostSource)[],
  method: HandlerMethod,
): readonly string[] {
  const named = sources.flatMap((source, index) => {
    if (source.from !== 'lost' || !source.lost.includes(loss)) return [];
    const name = method.text?.parameters[index]?.name;
    return [name === undefined ? String(index) : `${index} ("${name}")`];
  });
  if (named.length === 0) return [];
  const s = named.length > 1 ? 's' : '';
  return [`the ${loss}${s} of its parameter${s} ${joined(named)}`];
}

function joined(words: readonly string[]): string {
  return words.length > 1 ? `${words.slice(0, -1).join(', ')} and ${words.at(-1) ?? ''}` : words.join('');
}

function decorator({ decorator }: HandlerMethod, undescribed: boolean): string {
  const own = OWN_ARGUMENTS.get(decorator) ?? ['…'];
  return `${decorator}(${[...own, ...(undescribed ? ["{ description: '…' }"] : [])].join(', ')})`;
}

/** What a decorator is given besides options; what those of other packages are given is not known here. */
const OWN_ARGUMENTS: ReadonlyMap<string, readonly string[]> = new Map([
  ['@Tool', []],
  ['@Resource', ['uri']],
  ['@Prompt', []],
  ['@Complete', ['target', 'argument']],
  ['@OnSession', []],
]);

function parameters(method: HandlerMethod, sources: readonly (ParameterSource | LostSource)[]): string {
  return sources
    .map((source, index) => {
      const name = method.text?.parameters[index]?.name ?? '…';
      return source.from === 'lost' ? `${source.write} ${name}` : name;
    })
    .join(', ');
}

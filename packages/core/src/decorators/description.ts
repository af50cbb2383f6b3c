import { FrameworkError } from '../errors/framework-error.js';
import { registry } from '../metadata/registry.js';
import { DESCRIPTION } from '../schema/description-record.js';
import { memberOf, refuseBare } from './target.js';

/**
 * What the model reads of a field. Default: the doc comment above it, which minifiers and esbuild take away.
 *
 * Components are described by the option `description`, arguments by that of `@Arg`.
 */
export function Description(...given: [text: string]): PropertyDecorator {
  refuseBare("@Description('…')", given);
  const [text] = given;
  return (target, key, ...others: unknown[]) => {
    const place = memberOf('@Description', target, key);
    if (others[0] !== undefined)
      throw new FrameworkError('ERR_DECORATOR_MISUSE', {
        decorator: '@Description',
        target: `${place.owner.name}.${place.method}`,
        problem: 'stands above a method',
        cure: "Say it with the decorator that makes it a component: @Tool({ description: '…' }).",
      });
    registry.write(DESCRIPTION, { ...place, index: undefined, record: text });
  };
}

import { FrameworkError } from '../errors/framework-error.js';
import { textLoss } from '../text/class-text.js';
import type { ClassPlan } from './plan.js';

/**
 * Refuses a class whose doc comments are gone with its text, and that no decorators describe.
 *
 * @throws {FrameworkError} ERR_BUILD_LOST
 */
export function refuseLostDocs({ cls, fields }: ClassPlan): void {
  const loss = textLoss(cls);
  if (!loss) return;
  const lost = fields.filter((field) => field.doc === undefined).map((field) => field.property);
  if (lost.length === 0) return;
  throw new FrameworkError('ERR_BUILD_LOST', {
    owner: `class ${cls.name}`,
    lost: `the doc comments of its fields ${lost.join(', ')}`,
    cause: loss.cause,
    code: "@Description('…') above each of these fields",
    setting: loss.cure,
  });
}

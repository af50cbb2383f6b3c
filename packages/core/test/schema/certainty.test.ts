import * as cv from 'class-validator';
import fc from 'fast-check';

fc.configureGlobal({ seed: 20_261_124 });
import { certaintyOf } from '../../src/schema/certainty.js';
import { readRule, type Rule } from '../../src/schema/rule.js';

const ruleOf = (decorate: PropertyDecorator): Rule => {
  class Query {}
  decorate(Query.prototype, 'it');
  const storage = cv.getMetadataStorage();
  const [metadata] = storage.getTargetValidationMetadatas(Query, '', false, false);
  const [constraint] = metadata ? storage.getTargetValidatorConstraints(metadata.constraintCls) : [];
  if (!metadata || !constraint) throw new Error('no validator');
  return readRule(metadata, constraint);
};

const unit = fc.constantFrom(
  'a',
  'B',
  '1',
  '.',
  '-',
  '_',
  '+',
  '@',
  '😀',
  '\ufe0f',
  '\ud83d',
  '\ude00',
  '❤️',
);
const mail = fc
  .tuple(
    fc.string({ unit: fc.constantFrom('a', 'B', '1', '.', '-', '_', '+'), maxLength: 30 }),
    fc.string({ unit: fc.constantFrom('a', '1', '.', '-'), maxLength: 30 }),
    fc.constantFrom('com', 'x', 'co.uk', '1a'),
  )
  .map(([local, domain, end]) => `${local}@${domain}.${end}`);
const anything = fc.oneof(
  fc.string({ unit, maxLength: 12 }),
  mail,
  fc.emailAddress(),
  fc.integer({ min: -5, max: 5 }),
  fc.double(),
  fc.boolean(),
  fc.constantFrom(null, undefined, NaN, Infinity),
);

test.each([
  ['IsString', cv.IsString()],
  ['IsBoolean', cv.IsBoolean()],
  ['IsInt', cv.IsInt()],
  ['IsNumber', cv.IsNumber()],
  ['Min', cv.Min(-2)],
  ['Max', cv.Max(2.5)],
  ['Length', cv.Length(2, 6)],
  ['Length without a limit', cv.Length(1)],
  ['MinLength', cv.MinLength(3)],
  ['MaxLength', cv.MaxLength(4)],
  ['IsEmail', cv.IsEmail()],
])('what is certain of %s is what it admits', (_name, decorate) => {
  const rule = ruleOf(decorate);
  const certain = certaintyOf(rule);
  const args = { constraints: rule.metadata.constraints } as cv.ValidationArguments;
  let yes = 0;
  fc.assert(
    fc.property(anything, (value) => {
      if (!certain?.(value)) return;
      yes++;
      if (rule.constraint.instance.validate(value, args) !== true)
        throw new Error(`not admitted: ${JSON.stringify(value)}`);
    }),
    { numRuns: 2000 },
  );
  expect(yes).toBeGreaterThan(0);
});

test.each([
  ['options that change what is admitted', cv.IsEmail({ allow_ip_domain: true })],
  ['decimal places', cv.IsNumber({ maxDecimalPlaces: 2 })],
  [
    'a validator of the author with a known name',
    cv.ValidateBy({
      name: 'isInt',
      validator: { validate: () => false, defaultMessage: () => 'must be lucky' },
    }),
  ],
  [
    'a validator of the author without a message',
    cv.ValidateBy({ name: 'isString', validator: { validate: () => false } }),
  ],
])('nothing is certain of %s', (_name, decorate) => {
  expect(certaintyOf(ruleOf(decorate))).toBeUndefined();
});

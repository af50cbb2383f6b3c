import { ManualClock } from '@tenon/testing';
import { MAX_ANSWERS } from '../../../src/middleware/builtin/kept-answers.js';
import { MemoryAnswers } from '../../../src/middleware/builtin/memory-answers.js';

const KEPT_FOR = 60_000;
const answer = (text: string, stamps: readonly unknown[] = []) => ({ result: { text }, at: 0, stamps });

function make(sizes: { maxItemBytes?: number; maxBytes?: number } = {}) {
  const clock = new ManualClock(0);
  const answers = new MemoryAnswers(clock, { maxItemBytes: 1000, maxBytes: 1_000_000, ...sizes });
  const found = (key: string, dependsOn: readonly string[] = []) =>
    answers.find({ key, dependsOn }).answer?.result;
  return { answers, clock, found };
}

test('an answer is there until its time is over; each who finds it may change what is found', () => {
  const { answers, clock, found } = make();
  const given = { result: { list: [1] }, at: clock.now(), stamps: [] };
  expect(answers.keep('a', given, KEPT_FOR)).toBe('kept');
  given.result.list.push(2);
  (found('a') as { list: number[] }).list.push(3);
  expect(found('a')).toEqual({ list: [1] });
  clock.advance(KEPT_FOR - 1);
  expect(found('a')).toBeDefined();
  clock.advance(1);
  expect(found('a')).toBeUndefined();
});

test('what is asked in many words has a short key, and others another', () => {
  const { answers } = make();
  const [one, other] = ['a', 'b'].map((last) => answers.keyOf('x'.repeat(100_000) + last));
  expect(one?.length).toBeLessThan(50);
  expect(one).not.toBe(other);
});

test('what was used lately stays when room is made; so many bytes are never exceeded', () => {
  const { answers, found } = make({ maxBytes: 10_000 });
  answers.keep('often', answer('often'), KEPT_FOR);
  let kept = 0;
  for (let n = 0; n < 200; n++) {
    answers.keep(`${n}`, answer('x'.repeat(100)), KEPT_FOR);
    expect(found('often')).toBeDefined();
  }
  for (let n = 0; n < 200; n++) if (found(`${n}`)) kept++;
  expect(kept).toBeGreaterThan(10);
  expect(kept * 250).toBeLessThan(10_000);
  expect(found('0')).toBeUndefined();
});

test('so many answers are never exceeded, however small', () => {
  const { answers, found } = make({ maxBytes: 1_000_000_000 });
  for (let n = 0; n < 3 * MAX_ANSWERS; n++) answers.keep(`${n}`, answer(''), KEPT_FOR);
  let kept = 0;
  for (let n = 0; n < 3 * MAX_ANSWERS; n++) if (found(`${n}`)) kept++;
  expect(kept).toBeLessThanOrEqual(MAX_ANSWERS);
  expect(kept).toBeGreaterThanOrEqual(MAX_ANSWERS / 2);
});

test('an answer that takes more than half of the room is kept, and takes that of the others', () => {
  const { answers, found } = make({ maxItemBytes: 5000, maxBytes: 5000 });
  for (const key of ['a', 'b']) answers.keep(key, answer('x'.repeat(1000)), KEPT_FOR);
  expect(answers.keep('large', answer('x'.repeat(4000)), KEPT_FOR)).toBe('kept');
  expect([found('a'), found('b')]).toEqual([undefined, undefined]);
  expect(found('large')).toBeDefined();
  expect(answers.keep('larger', answer('x'.repeat(4950)), KEPT_FOR)).toBe('tooLarge');
});

test('the size of an answer is counted in bytes', () => {
  const { answers } = make();
  expect(answers.keep('a', answer('x'.repeat(900)), KEPT_FOR)).toBe('kept');
  expect(answers.keep('b', answer('水'.repeat(400)), KEPT_FOR)).toBe('tooLarge');
  expect(answers.keep('c', answer('x'.repeat(1100)), KEPT_FOR)).toBe('tooLarge');
});

test('what JSON cannot carry is not kept', () => {
  const { answers } = make();
  const circle: Record<string, unknown> = {};
  circle.self = circle;
  for (const result of [circle, { large: 1n }])
    expect(answers.keep('a', { result, at: 0, stamps: [] }, KEPT_FOR)).toBe('unfit');
});

test('an answer holds until something it depends on has changed, also while it was made', () => {
  const { answers, found } = make();
  const on = ['list', 'uri'];
  const { stamps } = answers.find({ key: 'a', dependsOn: on });
  answers.keep('a', answer('a', stamps), KEPT_FOR);
  answers.outdate('other');
  expect(found('a', on)).toEqual({ text: 'a' });
  answers.outdate('uri');
  expect(found('a', on)).toBeUndefined();
  answers.keep('a', answer('late', stamps), KEPT_FOR);
  expect(found('a', on)).toBeUndefined();
});

test('of more changes than it remembers it forgets all answers, those that are being made too', () => {
  const { answers, found } = make();
  const { stamps } = answers.find({ key: 'a', dependsOn: ['list'] });
  answers.keep('kept', answer('kept', stamps), KEPT_FOR);
  for (let n = 0; n <= MAX_ANSWERS; n++) answers.outdate(`uri ${n}`);
  answers.keep('late', answer('late', stamps), KEPT_FOR);
  expect([found('kept', ['list']), found('late', ['list'])]).toEqual([undefined, undefined]);
  answers.keep('new', answer('new', answers.find({ key: 'new', dependsOn: ['list'] }).stamps), KEPT_FOR);
  expect(found('new', ['list'])).toBeDefined();
});

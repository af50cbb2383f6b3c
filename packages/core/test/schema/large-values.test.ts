import 'reflect-metadata';
import { Type } from 'class-transformer';
import * as cv from 'class-validator';
import { z } from 'zod';
import { compileSchema } from '../../src/schema/compile.js';
import type { Issue, SchemaSource, Validation } from '../../src/schema/schema.js';

class Point {
  @cv.IsOptional() @cv.IsInt() @cv.Min(0) n?: number;
}
class Line {
  @cv.IsString() name = '';
  @cv.ValidateNested({ each: true }) @Type(() => Point) points: Point[] = [];
}
class Drawing {
  @cv.ValidateNested({ each: true }) @Type(() => Line) lines: Line[] = [];
}

const issuesOf = async (source: SchemaSource, value: unknown): Promise<readonly Issue[]> => {
  const result: Validation = await compileSchema(source, 'test').validate(value);
  return result.ok ? [] : result.issues;
};
const many = <T>(count: number, item: T): T[] => Array.from({ length: count }, () => item);

test.each<[string, SchemaSource, unknown]>([
  ['a class', Drawing, { lines: many(50_000, 1) }],
  ['a class without what is unknown', Drawing, { lines: many(50_000, { x: 1 }) }],
  ['a Standard Schema', z.object({ list: z.array(z.number()) }), { list: many(5_000, 'x') }],
  ['a JSON Schema', { type: 'array', items: { type: 'number' } }, many(5_000, 'x')],
])('of very many failures a hundred are told: %s', async (_, source, value) => {
  const issues = await issuesOf(source, value);
  expect(issues).toHaveLength(101);
  expect(issues.at(-1)).toEqual({ path: [], message: 'and more' });
});

test('of a large value class-validator tells what is wrong with the first object that is refused', async () => {
  const lines = many(20_000, { name: 'a', points: [{ n: 1 }] });
  expect(await issuesOf(Drawing, { lines })).toEqual([]);
  const wrong = { name: 'b', points: [{ n: 1 }, { n: -1 }] };
  expect(await issuesOf(Drawing, { lines: [...lines, wrong, wrong] })).toEqual([
    { path: ['lines', 20_000, 'points', 1, 'n'], message: 'must not be less than 0' },
  ]);
  // Of a smaller one, all of it.
  expect(await issuesOf(Drawing, { lines: [wrong, wrong] })).toHaveLength(2);
});

test('what is wrong with the whole of a large value is told, if all objects in it pass', async () => {
  class Few {
    @cv.ArrayMaxSize(3) @cv.ValidateNested({ each: true }) @Type(() => Point) points!: Point[];
  }
  expect(await issuesOf(Few, { points: many(20_000, { n: 1 }) })).toEqual([
    { path: ['points'], message: 'must contain no more than 3 elements' },
  ]);
});

test('where only class-validator can tell, it is asked about the whole', async () => {
  class Odd {
    @cv.ValidateBy({ name: 'odd', validator: { validate: (n) => (Number(n) % 2) as unknown as boolean } })
    n!: number;
  }
  class Odds {
    @cv.ValidateNested({ each: true }) @Type(() => Odd) list!: Odd[];
  }
  expect(await issuesOf(Odds, { list: many(11_000, { n: 1 }) })).toEqual([]);
  expect(await issuesOf(Odds, { list: [...many(11_000, { n: 1 }), { n: 2 }] })).toMatchObject([
    { path: ['list', 11_000, 'n'] },
  ]);
});

test('a megabyte of nothing but mistakes is refused in the time of a check', async () => {
  const began = process.cpuUsage();
  expect(await issuesOf(Drawing, { lines: many(300_000, {}) })).toEqual([]);
  const right = process.cpuUsage(began);
  const again = process.cpuUsage();
  expect(await issuesOf(Drawing, { lines: many(300_000, { name: 1 }) })).toHaveLength(1);
  const wrong = process.cpuUsage(again);
  expect(wrong.user).toBeLessThan(5 * right.user + 500_000);
});

import { recordKind, registry, type Constructor } from '../../src/metadata/registry.js';

const KIND = recordKind<string>('test');
const OTHER = recordKind<string>('other');

function write(owner: Constructor, record: string, method?: string, index?: number): void {
  registry.write(KIND, { owner, method, index, record });
}

test('records are kept a class and a kind', () => {
  class A {}
  class B {}
  write(A, 'a');
  expect(registry.own(KIND, A).map((entry) => entry.record)).toEqual(['a']);
  expect(registry.own(KIND, B)).toEqual([]);
  expect(registry.own(OTHER, A)).toEqual([]);
});

test("an ancestor's records come first, and a method said anew replaces the ancestor's", () => {
  class A {}
  class B extends A {}
  class C extends B {}
  write(A, 'a one', 'one');
  write(A, 'a two', 'two');
  write(B, 'b one', 'one');
  write(C, 'c three', 'three');
  expect(registry.inherited(KIND, C).map((entry) => entry.record)).toEqual(['a two', 'b one', 'c three']);
  expect(registry.inherited(KIND, A).map((entry) => entry.record)).toEqual(['a one', 'a two']);
});

test("the record of a class is its own, or the nearest ancestor's; those of members do not count", () => {
  class A {}
  class B extends A {}
  write(A, 'class');
  write(B, 'method', 'one');
  write(B, 'parameter', undefined, 0);
  expect(registry.find(KIND, A)).toBe('class');
  expect(registry.find(OTHER, A)).toBeUndefined();
  class Fresh extends A {}
  expect(registry.find(KIND, Fresh)).toBe('class');
});

test('a class that extends nothing, or null, has no ancestor', () => {
  class Nothing {}
  class Null extends (null as unknown as new () => object) {}
  write(Null, 'null');
  expect(registry.inherited(KIND, Nothing)).toEqual([]);
  expect(registry.inherited(KIND, Null)).toHaveLength(1);
});

import { z } from 'zod';
import { Principal, Session, type ToolComponent, type Varies } from '@tenon/core';
import { Catalog } from '../../src/catalog/catalog.js';
import type { Source, Viewer } from '../../src/catalog/source.js';
import { componentKey } from '../../src/components/component-record.js';
import { compileSchema } from '../../src/schema/compile.js';

function tool(name: string, origin = 'Test', version?: string): ToolComponent {
  return {
    kind: 'tool',
    id: name,
    name,
    version,
    key: componentKey('tool', name, version),
    tags: new Set(),
    origin,
    definition: { name, inputSchema: { type: 'object' } },
    input: compileSchema(z.object({}), 'nowhere'),
    output: undefined,
    outputShape: 'none',
    mirrored: [],
    timeoutMs: undefined,
    enabled: true,
    caching: undefined,
    run: () => undefined,
  };
}

function source(varies: Varies, list: (viewer: Viewer) => ToolComponent[]): Source & { asked: number } {
  return {
    varies,
    asked: 0,
    list(kind, viewer) {
      if (kind !== 'tool') return [];
      this.asked++;
      return list(viewer);
    },
  };
}

const alice = new Principal({ issuer: 'i', subject: 'alice' });
const bob = new Principal({ issuer: 'i', subject: 'bob' });

test('what never varies is one view for everybody, and may be cached by everybody', () => {
  const of = source('never', () => [tool('a')]);
  const catalog = new Catalog([of]);
  const view = catalog.view(alice, undefined);
  expect(catalog.view(bob, new Session('s'))).toBe(view);
  expect(catalog.view(undefined, undefined)).toBe(view);
  expect(of.asked).toBe(1);
  expect(view.cacheScope).toBe('public');
});

test('what varies by principal is a view for each, one for the anonymous, and private', () => {
  const catalog = new Catalog([
    source('never', () => [tool('all')]),
    source('principal', ({ principal }) => (principal ? [tool(`of-${principal.subject}`)] : [])),
  ]);
  const view = catalog.view(alice, undefined);
  expect(view.list('tool').map(({ name }) => name)).toEqual(['all', 'of-alice']);
  expect(catalog.view(new Principal({ issuer: 'i', subject: 'alice' }), new Session('s'))).toBe(view);
  expect(catalog.view(bob, undefined).find('tool', 'of-alice')).toBeUndefined();
  expect(catalog.view(undefined, undefined).list('tool')).toHaveLength(1);
  expect(catalog.view(undefined, undefined)).toBe(catalog.view(undefined, undefined));
  expect(view.cacheScope).toBe('private');
});

test('what varies by session is a view for each session, and by principal where there is none', () => {
  const catalog = new Catalog([source('session', ({ session }) => [tool(session?.id ?? 'none')])]);
  const first = new Session('one', alice);
  const second = new Session('two', alice);
  expect(catalog.view(alice, first)).toBe(catalog.view(alice, first));
  expect(catalog.view(alice, first)).not.toBe(catalog.view(alice, second));
  expect(catalog.view(alice, undefined)).toBe(catalog.view(alice, undefined));
  expect(catalog.view(alice, undefined)).not.toBe(catalog.view(bob, undefined));
});

test('what varies by call is made for each call', () => {
  const of = source('call', () => [tool('a')]);
  const catalog = new Catalog([of]);
  expect(catalog.view(alice, undefined)).not.toBe(catalog.view(alice, undefined));
  expect(of.asked).toBe(2);
});

test('views are bounded: the one longest unused makes room', () => {
  const of = source('principal', () => [tool('a')]);
  const catalog = new Catalog([of], { maxViews: 2 });
  const view = catalog.view(alice, undefined);
  catalog.view(bob, undefined);
  expect(catalog.view(alice, undefined)).toBe(view);
  catalog.view(undefined, undefined);
  expect(catalog.view(alice, undefined)).toBe(view);
  expect(of.asked).toBe(3);
  catalog.view(bob, undefined);
  expect(of.asked).toBe(4);
});

test("where two sources name the same component, the earlier one's stays", () => {
  const catalog = new Catalog([
    source('never', () => [tool('a', 'first')]),
    source('never', () => [tool('a', 'second'), tool('b', 'second')]),
  ]);
  const view = catalog.view(undefined, undefined);
  expect(view.list('tool').map(({ name, origin }) => [name, origin])).toEqual([
    ['a', 'first'],
    ['b', 'second'],
  ]);
});

test('a version finds its component, and without one the first of the name', () => {
  const view = new Catalog([source('never', () => [tool('a', 'one', '1'), tool('a', 'two', '2')])]).view(
    undefined,
    undefined,
  );
  expect(view.find('tool', 'a')?.origin).toBe('one');
  expect(view.find('tool', 'a', '2')?.origin).toBe('two');
  expect(view.find('tool', 'a', '3')).toBeUndefined();
});

test.each(['__proto__', 'constructor', 'hasOwnProperty', ''])(
  'the name "%s" finds nothing that is not there',
  (name) => {
    const catalog = new Catalog([source('never', () => [])]);
    expect(catalog.view(undefined, undefined).find('tool', name)).toBeUndefined();
  },
);

test('a list is made once a view', () => {
  const view = new Catalog([source('never', () => [])]).view(undefined, undefined);
  const make = jest.fn(() => ({ value: {}, text: () => '{}' }));
  expect(view.listResult('x', make)).toBe(view.listResult('x', make));
  expect(make).toHaveBeenCalledTimes(1);
});

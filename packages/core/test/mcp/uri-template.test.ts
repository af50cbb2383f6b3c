import fc from 'fast-check';

fc.configureGlobal({ seed: 20_261_124 });
import { UriTemplateSyntax } from '../../src/mcp/uri-template-syntax.js';
import { UriTemplate } from '../../src/mcp/uri-template.js';

test.each<[string, string, Record<string, string> | undefined]>([
  ['user://{id}/profile', 'user://42/profile', { id: '42' }],
  ['user://{id}/profile', 'user://John%20Doe/profile', { id: 'John Doe' }],
  ['user://{id}/profile', 'user://a/b/profile', undefined],
  ['user://{id}/profile', 'user:///profile', undefined],
  ['user://{id}/profile', 'user://42/profile/', undefined],
  ['user://{id}/profile', 'xuser://42/profile', undefined],
  ['user://{id}/profile', 'user://42/profile?x=1', undefined],
  ['user://{id}', 'user://42#x', undefined],
  ['user://{id}', 'user://a%2Fb', { id: 'a/b' }],
  ['org://{org_id}/team/{team_id}/members', 'org://1/team/2/members', { org_id: '1', team_id: '2' }],
  ['test://pre_{x}_suf', 'test://pre_a_suf', { x: 'a' }],
  ['test://pre_{x}_suf', 'test://pre__suf', undefined],
  ['test://test_{x}', 'test://test_', undefined],
  ['test://{name}.{ext}', 'test://a.b.c', { name: 'a.b', ext: 'c' }],
  ['test://a/{x*}/b', 'test://a/x/y/b', { x: 'x/y' }],
  ['test://a/{x*}/b', 'test://a/b', undefined],
  ['file://abc/{path*}.py', 'file://abc/a/b/c.py', { path: 'a/b/c' }],
  ['file://abc/{path*}.py', 'file://abc/a/b/c.pyc', undefined],
  ['x://{a*}/{b}', 'x://1/2/3', { a: '1/2', b: '3' }],
  ['x://{a*}', 'x://', undefined],
  ['x://list{?q,page}', 'x://list', {}],
  ['x://list{?q,page}', 'x://list?page=2&q=a%26b', { page: '2', q: 'a&b' }],
  ['x://list{?q,page}', 'x://list?q=', { q: '' }],
  ['x://list{?q,page}', 'x://list?q', { q: '' }],
  ['x://list{?q,page}', 'x://list?', {}],
  ['x://list{?q,page}', 'x://list?q=a+b=c', { q: 'a b=c' }],
  ['x://list{?q,page}', 'x://list?q=1&q=2&other=3', { q: '1' }],
  ['x://list{?q}', 'x://list?q=1#f', undefined],
  ['x://{id}{?id,q}', 'x://1?id=2&q=3', { id: '1', q: '3' }],
  ['x://{id}{?q}', 'x://1?id=2', { id: '1' }],
  ['data://config', 'data://config', {}],
  ['data://config', 'data://config/', undefined],
  ['x://{constructor}/{__proto__}', 'x://a/b', JSON.parse('{"constructor":"a","__proto__":"b"}')],
])('%s and %s', (template, uri, values) => {
  const found = UriTemplate.parse(template).match(uri);
  expect(found && Object.entries(found)).toEqual(values && Object.entries(values));
});

test.each([
  'x://%',
  'x://%zz',
  'x://%ff',
  'x://%c3%28',
  'x://%e2%82',
  'x://a?q=%',
  'x://a?%=1',
  'x://a?z=%f',
])('%s is not properly encoded, and matches nothing', (uri) => {
  expect(UriTemplate.parse('x://{id}{?q}').match(uri)).toBeUndefined();
  expect(UriTemplate.parse('x://{id*}{?q}').match(uri)).toBeUndefined();
});

test.each([
  ['config', "no scheme: begin it with one, as in 'data://config'"],
  ['{scheme}://x', 'no scheme'],
  ['//x/{y}', 'no scheme'],
  ['x://{1x}', "name '1x'"],
  ['x://{user-id}', "name 'user-id'"],
  ['x://{ x }', "name ' x '"],
  ['x://{x**}', "name 'x*'"],
  ['x://{}', 'no name in {}'],
  ['x://{*}', 'no name in {*}'],
  ['x://{?}', 'no name in {?}'],
  ['x://{?a,}', 'no name in {?a,}'],
  ['x://{?q*}', "name 'q*'"],
  ['x://{a}/{a}', 'names {a} twice'],
  ['x://{a}/{a*}', 'names {a} twice'],
  ['x://a{?q,q}', 'names {q} twice'],
  ['x://{a', "'{' without"],
  ['x://a}', "'}' without"],
  ['x://{a{b}}', "'{' without"],
  ['x://{a}{b}', 'side by side'],
  ['x://{a}{b*}', 'side by side'],
  ['x://{+a}', "operator '+'"],
  ['x://{#a}', "operator '#'"],
  ['x://{.a}', "operator '.'"],
  ['x://{/a*}', "operator '/'"],
  ['x://{;a}', "operator ';'"],
  ['x://{?a}{&b}', 'goes on after'],
  ['x://{&b}', "operator '&'"],
  ['x://{a,b}', 'several names'],
  ['x://{a:3}', "name 'a:3'"],
  ['x://{?q}/{a}', 'goes on after'],
  ['x://{?q}{?r}', 'goes on after'],
  ['x://a?b=1{?q}', "'?' of its own"],
  ['x://a b/{c}', '" "'],
  ['x://a\n', '"\\n"'],
  ['x://a\\b', '"\\\\"'],
])('%j is no template', (text, problem) => {
  const parse = () => UriTemplate.parse(text);
  expect(parse).toThrow(UriTemplateSyntax);
  expect(parse).toThrow(problem);
  expect(parse).toThrow(`the template '${text}' `);
});

test('a template tells its parameters, those of the path apart from those of the query', () => {
  const template = UriTemplate.parse('x://{a}/{b*}{?c,a,d}');
  expect(template.text).toBe('x://{a}/{b*}{?c,a,d}');
  expect(template.pathParams).toEqual(['a', 'b']);
  expect(template.queryParams).toEqual(['c', 'd']);
});

test.each<[string, Record<string, unknown>, string]>([
  ['x://{a}/{b*}', { a: 'a/b?', b: 'c/d e' }, 'x://a%2Fb%3F/c/d%20e'],
  ['x://{a}', { a: "it's (*!)" }, 'x://it%27s%20%28%2A%21%29'],
  ['x://{a}', { a: 7 }, 'x://7'],
  ['x://a{?q,r}', { r: true, q: '' }, 'x://a?q=&r=true'],
  ['x://a{?q,r}', { q: undefined, r: null }, 'x://a'],
  ['x://a{?q}', { q: 'a+b' }, 'x://a?q=a%2Bb'],
  ['x://{name}.{ext}', { name: 'a.b', ext: 'c' }, 'x://a.b.c'],
  ['x://{name}.{ext}', { name: 'a', ext: 'b.c' }, 'x://%61.%62%2E%63'],
])('%s with %j is %s', (template, values, uri) => {
  expect(UriTemplate.parse(template).expand(values)).toBe(uri);
});

test('what no URI can carry is refused with its name', () => {
  const template = UriTemplate.parse('x://{a}{?q}');
  expect(() => template.expand({})).toThrow("{a} of 'x://{a}{?q}' needs a value");
  expect(() => template.expand({ a: '' })).toThrow('needs a value');
  expect(() => template.expand({ a: {} })).toThrow('takes text, a number or a boolean');
  expect(() => template.expand({ a: '\ud800' })).toThrow('half a character');
  expect(() => UriTemplate.parse('x://{constructor}').expand({})).toThrow('needs a value');
  expect(() => UriTemplate.parse('x://{a}2{b}').expand({ a: '1', b: '22' })).toThrow('told apart');
});

/** Templates out of pieces that are few and alike, so that there is much to confuse. */
const templates = fc
  .array(
    fc.record({
      text: fc.constantFrom('/', '.', 'a', '/a/', '-', 'a/'),
      spans: fc.boolean(),
    }),
    { minLength: 1, maxLength: 4 },
  )
  .map((pieces) => {
    const path = pieces.map(({ text, spans }, i) => `${text}{p${i}${spans ? '*' : ''}}`).join('');
    return { path, names: pieces.map((_, i) => `p${i}`) };
  });

test('a template matches as the regular expression of the same meaning does', () => {
  const uris = fc.array(fc.constantFrom('/', '.', 'a', 'b', '-', '?', '#'), { maxLength: 12 });
  fc.assert(
    fc.property(templates, uris, fc.boolean(), ({ path, names }, rest, ended) => {
      const end = ended ? '/a' : '';
      const pattern = (path + end)
        .replace(/[.\-/]/g, '\\$&')
        .replace(/\{(\w+)(\*?)\}/g, (_, name: string, spans: string) =>
          spans ? `(?<${name}>[^?#]+)` : `(?<${name}>[^/?#]+)`,
        );
      const uri = `x:${rest.join('')}`;
      const expected = new RegExp(`^x:${pattern}$`).exec(uri)?.groups;
      const found = UriTemplate.parse(`x:${path}${end}`).match(uri);
      expect(found).toEqual(expected && Object.fromEntries(names.map((name) => [name, expected[name]])));
    }),
    { numRuns: 2000 },
  );
});

test('what is expanded is matched again, whatever the values are', () => {
  const text = fc.string({ unit: 'binary', minLength: 1, maxLength: 8 });
  const values = fc.array(text, { minLength: 4, maxLength: 4 });
  const query = fc.option(fc.string({ unit: 'binary', maxLength: 8 }), { nil: undefined });
  fc.assert(
    fc.property(templates, values, query, ({ path, names }, texts, q) => {
      // A letter between parameters can be part of an encoded one.
      fc.pre(!path.slice(1).includes('a{p') || names.length === 1);
      const template = UriTemplate.parse(`x:${path}{?q}`);
      const given = Object.fromEntries(names.map((name, i) => [name, texts[i] ?? '']));
      const all = q === undefined ? given : { ...given, q };
      expect(template.match(template.expand(all))).toEqual(all);
    }),
    { numRuns: 1000 },
  );
});

const LONG = 100_000;

test.each([
  ['many wildcards, and an end that never comes', 'x://{a*}/{b*}/{c*}/{d*}/z', 'a/'.repeat(LONG / 2)],
  ['wildcards between letters that are all there is', 'x://{a*}a{b*}a{c*}a{d*}b', 'a'.repeat(LONG)],
  ['embedded parameters in one long segment', 'x://{a}a{b}a{c}a{d}b', 'a'.repeat(LONG)],
  ['commas', 'x://{a*},{b*},{c*}/z', ','.repeat(LONG)],
  ['a long piece of text that nearly fits everywhere', `x://{a*}${'a'.repeat(50)}b`, 'a'.repeat(LONG)],
  ['a query of nothing but separators', 'x://a{?q,r}', `a?${'&'.repeat(LONG)}`],
  ['a query that is one name', 'x://a{?q,r}', `a?${'='.repeat(LONG)}`],
])('the time for a URI grows with its length, and no faster: %s', (_, template, rest) => {
  const parsed = UriTemplate.parse(template);
  const short = quickest(() => parsed.match(`x://${rest.slice(0, LONG / 20)}`));
  const long = quickest(() => parsed.match(`x://${rest}`));
  // Twenty times as long; with the square of the length it would be four hundred.
  expect(long / short).toBeLessThan(100);
});

/** The least of several runs: what else the machine does only adds to a time. */
function quickest(run: () => void): number {
  const times = Array.from({ length: 10 }, () => {
    const begin = performance.now();
    run();
    return performance.now() - begin;
  });
  return Math.min(...times);
}

test('a long URI is still matched right', () => {
  const middle = 'a/'.repeat(LONG / 2);
  expect(UriTemplate.parse('x://{a*}/{b}/z').match(`x://${middle}b/z`)).toEqual({
    a: middle.slice(0, -1),
    b: 'b',
  });
});

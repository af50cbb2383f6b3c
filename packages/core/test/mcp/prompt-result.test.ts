import { GetPromptResultSchema } from '@modelcontextprotocol/sdk/types.js';
import { audio, file, image, Message, PromptResult, resourceLink } from '@tenon/core';
import { NotPlain } from '../../src/mcp/plain.js';
import { toPromptResult } from '../../src/mcp/prompt-result.js';

const bytes = new Uint8Array([1, 2]);
const says = (role: string, text: string) => ({ role, content: { type: 'text', text } });
const picture = image({ data: bytes });
const document = file({ data: bytes, name: 'a.pdf' });
const link = resourceLink({ uri: 'data://a', name: 'a' });

test.each<[string, unknown, object[]]>([
  ['text', 'Plan it.', [says('user', 'Plan it.')]],
  ['a message', Message.assistant('Where?'), [says('assistant', 'Where?')]],
  ["a message in the protocol's form", says('assistant', 'Where?'), [says('assistant', 'Where?')]],
  ['a block', picture, [{ role: 'user', content: picture }]],
  ['an object', { a: 1n }, [says('user', '{"a":"1"}')]],
  ['a number', 0, [says('user', '0')]],
  ['a date', new Date(0), [says('user', '1970-01-01T00:00:00.000Z')]],
  ['a list of data', [{ a: 1 }, 2], [says('user', '[{"a":1},2]')]],
  [
    'a list of all of these',
    ['a', Message.assistant('b'), says('assistant', 'c'), document, { d: 1 }],
    [
      says('user', 'a'),
      says('assistant', 'b'),
      says('assistant', 'c'),
      { role: 'user', content: document },
      says('user', '{"d":1}'),
    ],
  ],
  ['data that only looks like messages', { messages: ['a'] }, [says('user', '{"messages":["a"]}')]],
  ['data with a role', { role: 'admin', content: 'a' }, [says('user', '{"role":"admin","content":"a"}')]],
])('what a prompt returns as %s becomes messages', (_, value, messages) => {
  const result = toPromptResult(value, undefined);
  expect(result).toEqual({ messages });
  expect('description' in result).toBe(false);
  expect(GetPromptResultSchema.parse(result)).toEqual(result);
});

test('messages hold one block of any kind', () => {
  for (const block of [picture, document, link, audio({ data: bytes })])
    expect(Message.user(block).content).toEqual(block);
  expect(Message.user(bytes).content).toMatchObject({ type: 'resource', resource: { blob: 'AQI=' } });
  expect(Message.assistant({ at: new Date(0) })).toEqual(
    says('assistant', '{"at":"1970-01-01T00:00:00.000Z"}'),
  );
  expect(() => Message.user([picture, document])).toThrow('make a message of each');
  expect(() => Message.user(undefined as never)).toThrow(TypeError);
});

test('a result said in full has a description and meta of its own', () => {
  const full = new PromptResult({ messages: ['a', picture], description: 'own', meta: { at: new Date(0) } });
  expect(toPromptResult(full, "the prompt's")).toEqual({
    description: 'own',
    messages: [says('user', 'a'), { role: 'user', content: picture }],
    _meta: { at: '1970-01-01T00:00:00.000Z' },
  });
  expect(toPromptResult(new PromptResult({ messages: 'a' }), "the prompt's")).toEqual({
    description: "the prompt's",
    messages: [says('user', 'a')],
  });
});

test("the protocol's own form is kept, and described by the prompt if it is not by itself", () => {
  const own = { messages: [says('user', 'a')], _meta: { a: 1 } };
  expect(toPromptResult(own, undefined)).toBe(own);
  expect(toPromptResult(own, 'd')).toEqual({ ...own, description: 'd' });
  expect(toPromptResult({ ...own, description: '' }, 'd').description).toBe('');
  expect(toPromptResult('a', 'd').description).toBe('d');
});

test('there are always messages', () => {
  for (const nothing of [undefined, null]) {
    expect(() => toPromptResult(nothing, 'd')).toThrow(NotPlain);
    expect(() => toPromptResult(nothing, 'd')).toThrow('(return text, messages or a value) at result');
  }
  expect(() => toPromptResult([], 'd')).toThrow('an empty list (return at least one message) at result');
  expect(() => toPromptResult(['a', undefined], 'd')).toThrow('at result[1]');
  expect(() => new PromptResult({ messages: [] })).toThrow('at messages');
});

test('what cannot be sent is told with its place', () => {
  expect(() => toPromptResult(['a', { b: () => 1 }], 'd')).toThrow('a function at result[1].b');
  expect(() => toPromptResult(['a', Promise.resolve('b')], 'd')).toThrow('(await it) at result[1]');
});

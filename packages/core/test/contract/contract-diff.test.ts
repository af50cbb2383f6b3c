import { contractDiff } from '../../src/contract/contract-diff.js';

const tool = (name: string, more: object = {}) => ({ name, inputSchema: { type: 'object' }, ...more });

test('a contract that is kept has no difference', () => {
  const contract = { server: { name: 'a' }, tools: [tool('x')] };
  expect(contractDiff(contract, structuredClone(contract))).toEqual([]);
});

test('components that came and went are named by kind', () => {
  const before = {
    tools: [tool('old')],
    resources: [{ uri: 'data://a', name: 'a' }],
    resourceTemplates: [],
    prompts: [{ name: 'plan' }],
  };
  const now = {
    tools: [tool('new')],
    resources: [],
    resourceTemplates: [{ uriTemplate: 'user://{id}', name: 'user' }],
    prompts: [{ name: 'plan' }],
  };
  expect(contractDiff(before, now)).toEqual([
    '- tool old',
    '+ tool new',
    '- resource data://a',
    '+ template user://{id}',
  ]);
});

test('fields that came, went and changed are named by the way to them, under their component', () => {
  const before = tool('forecast', {
    description: 'Weather.',
    inputSchema: {
      type: 'object',
      properties: { days: { type: 'integer', maximum: 14 }, unit: { type: 'string' } },
      required: ['days'],
    },
  });
  const now = tool('forecast', {
    description: 'Weather forecast.',
    inputSchema: {
      type: 'object',
      properties: { days: { type: 'integer', maximum: 7 } },
      required: ['days'],
      additionalProperties: false,
    },
  });
  expect(contractDiff({ tools: [before] }, { tools: [now] })).toEqual([
    '~ tool forecast',
    '    ~ inputSchema.properties.days.maximum: 14 → 7',
    '    - inputSchema.properties.unit: {"type":"string"}',
    '    + inputSchema.additionalProperties: false',
    '    ~ description: "Weather." → "Weather forecast."',
  ]);
});

test('arguments of a prompt are compared by their names, not by their places', () => {
  const city = { name: 'city', required: true };
  const before = { prompts: [{ name: 'plan', arguments: [city, { name: 'days' }] }] };
  const now = { prompts: [{ name: 'plan', arguments: [{ name: 'days', required: true }, city] }] };
  expect(contractDiff(before, now)).toEqual(['~ prompt plan', '    + arguments.days.required: true']);
});

test('of two versions of one name each is compared with its own', () => {
  const before = { tools: [tool('sum', { version: '1' }), tool('sum', { version: '2' })] };
  const now = { tools: [tool('sum', { version: '1', title: 'Sum' }), tool('sum', { version: '2' })] };
  expect(contractDiff(before, now)).toEqual(['~ tool sum@1', '    + title: "Sum"']);
});

test('the server is compared like a component', () => {
  const before = { server: { name: 'a', instructions: 'Ask first.', capabilities: { tools: {} } } };
  const now = { server: { name: 'a', capabilities: { tools: {}, completions: {} } } };
  expect(contractDiff(before, now)).toEqual([
    '~ server',
    '    - instructions: "Ask first."',
    '    + capabilities.completions: {}',
  ]);
});

test('lists of plain values are compared whole, and long values are cut', () => {
  const before = { tools: [tool('x', { enum: ['a', 'b'], text: 'y'.repeat(500) })] };
  const now = { tools: [tool('x', { enum: ['a', 'c'], text: 'z' })] };
  const [, enumLine, textLine] = contractDiff(before, now);
  expect(enumLine).toBe('    ~ enum: ["a","b"] → ["a","c"]');
  expect(textLine?.length).toBeLessThan(120);
});

test('a difference is told in sixty lines at most', () => {
  const now = { tools: Array.from({ length: 500 }, (_, i) => tool(`t${i}`)) };
  const lines = contractDiff({ tools: [] }, now);
  expect(lines).toHaveLength(61);
  expect(lines.at(-1)).toBe('… and 440 lines more');
});

test.each([undefined, null, 5, [], 'text'])(
  'a file that holds %j lacks everything, and breaks nothing',
  (held) => {
    expect(contractDiff(held, { server: { name: 'a' }, tools: [tool('x')] })).toEqual([
      '+ server: {"name":"a"}',
      '+ tool x',
    ]);
  },
);

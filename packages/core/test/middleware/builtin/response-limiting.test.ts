import fc from 'fast-check';

// The same cases each time: a check before landing must not depend on luck.
fc.configureGlobal({ seed: 20_261_124 });
import {
  createApp,
  jsonSchema,
  McpModule,
  Tool,
  ToolResult,
  use,
  type CallToolResult,
  type FrameworkError,
} from '@tenon/core';
import { ResponseLimiting, type ResponseLimitingOptions } from '@tenon/core/middleware';
import { createTestServer } from '@tenon/testing';

const ROWS = jsonSchema<{ rows: string[] }>({
  type: 'object',
  properties: { rows: { type: 'array', items: { type: 'string' } } },
  required: ['rows'],
});

class Talkative {
  @Tool() text(of: string, times: number) {
    return of.repeat(times);
  }
  @Tool() blocks() {
    return new ToolResult({
      content: [
        { type: 'text', text: 'first' },
        { type: 'image', data: 'A'.repeat(2000), mimeType: 'image/png' },
        { type: 'text', text: 'second' },
        { type: 'text', text: 'x'.repeat(2000) },
        { type: 'text', text: 'never' },
      ],
      meta: { kept: true },
    });
  }
  @Tool({ output: ROWS }) rows(count: number) {
    return { rows: Array.from({ length: count }, (_, index) => `row ${index}`) };
  }
  @Tool() data(count: number) {
    return { data: 'y'.repeat(count) };
  }
  @Tool({ output: ROWS }) verbose() {
    return new ToolResult({ content: 'z'.repeat(5000), structured: { rows: ['one'] } });
  }
  @Tool() large() {
    return new ToolResult({ content: [{ type: 'text', text: 'ok' }], meta: { large: 'm'.repeat(5000) } });
  }
}

function moduleOf(options?: ResponseLimitingOptions) {
  @McpModule({
    name: 't',
    version: '1',
    handlers: [Talkative],
    middleware: [options ? use(ResponseLimiting, options) : new ResponseLimiting()],
  })
  class Root {}
  return Root;
}

const bytes = (value: unknown) => Buffer.byteLength(JSON.stringify(value));
const textOf = ({ content }: CallToolResult) => (content.at(-1) as { text: string }).text;
const SUFFIX = '\n\n[Response truncated due to size limit]';

test('what is small enough is left as it is, a byte more is not', async () => {
  const call = (maxBytes: number) =>
    createApp(moduleOf({ maxBytes })).callTool('text', { of: 'a', times: 500 });
  const whole = { content: [{ type: 'text', text: 'a'.repeat(500) }] };
  expect(await call(bytes(whole))).toEqual(whole);
  const cut = await call(bytes(whole) - 1);
  expect(cut).not.toEqual(whole);
  expect(bytes(cut)).toBe(bytes(whole) - 1);
});

test.each([
  ['a', 1],
  ['ä', 2],
  ['漢', 3],
  ['🦊', 4],
  ['"', 2],
  ['\n', 2],
  ['\u0001', 6],
])('a text of %j is cut between two characters, as near to the limit as can be', async (of, size) => {
  for (const maxBytes of [400, 401, 402, 403]) {
    const result = await createApp(moduleOf({ maxBytes })).callTool('text', { of, times: 1000 });
    const text = textOf(result);
    expect(text.endsWith(SUFFIX)).toBe(true);
    const kept = text.slice(0, -SUFFIX.length);
    expect(kept).toBe(of.repeat(kept.length / of.length));
    expect(bytes(result)).toBeLessThanOrEqual(maxBytes);
    expect(bytes(result)).toBeGreaterThan(maxBytes - size);
  }
});

test('blocks are kept in order as long as they fit; what cannot be cut is said to be left out', async () => {
  const result = await createApp(moduleOf({ maxBytes: 700, suffix: ' …' })).callTool('blocks');
  expect(result).toMatchObject({
    content: [
      { type: 'text', text: 'first' },
      { type: 'text', text: '[image of 2049 bytes left out]' },
      { type: 'text', text: 'second' },
      { type: 'text', text: expect.stringMatching(/^x+ …$/) as string },
    ],
    _meta: { kept: true },
  });
  expect(result.content).toHaveLength(4);
  expect(bytes(result)).toBe(700);
});

test('structured content is given whole, and only the text is cut, where that is enough', async () => {
  const result = await createApp(moduleOf({ maxBytes: 500 })).callTool('verbose');
  expect(result.structuredContent).toEqual({ rows: ['one'] });
  expect(result.isError).toBeUndefined();
  expect(bytes(result)).toBe(500);
});

test('a client that checks structured content gets an error rather than a result without', async () => {
  for (const version of ['2025-11-25', '2026-07-28'] as const) {
    await using server = await createTestServer(moduleOf({ maxBytes: 500 }));
    const client = await server.connect(version);
    await client.listTools();
    const call = async (name: string, count: number) =>
      (await client.callTool({ name, arguments: { count } })) as CallToolResult;
    const rows = await call('rows', 1000);
    expect([rows.isError, rows.structuredContent, textOf(rows).endsWith(SUFFIX)]).toEqual([
      true,
      undefined,
      true,
    ]);
    const data = await call('data', 1000);
    expect([data.isError, data.structuredContent, textOf(data).endsWith(SUFFIX)]).toEqual([
      undefined,
      undefined,
      true,
    ]);
    expect((await call('rows', 3)).structuredContent).toEqual({ rows: ['row 0', 'row 1', 'row 2'] });
  }
});

test('what else a result carries is left out where it alone is too large', async () => {
  const result = await createApp(moduleOf({ maxBytes: 300 })).callTool('large');
  expect(result).toEqual({
    content: [
      { type: 'text', text: 'ok' },
      { type: 'text', text: SUFFIX.trim() },
    ],
  });
});

test('no result is larger than its limit, whatever stands in it, and no character of it is cut in two', async () => {
  const text = fc.string({ unit: fc.constantFrom('a', 'é', '"', '\n', '🦊', '\u0001'), maxLength: 300 });
  const block = fc.oneof(
    fc.record({ type: fc.constant('text'), text }),
    fc.record({ type: fc.constant('text'), text, _meta: fc.dictionary(text, text, { maxKeys: 2 }) }),
    fc.record({ type: fc.constant('image'), data: text, mimeType: fc.constant('image/png') }),
  );
  const record = fc.dictionary(text, text, { maxKeys: 4 });
  const result = fc.record(
    { content: fc.array(block, { maxLength: 5 }), structuredContent: record, _meta: record },
    { requiredKeys: ['content'] },
  );
  const component = fc.constantFrom(undefined, { kind: 'tool', output: {} });
  await fc.assert(
    fc.asyncProperty(result, fc.integer({ min: 100, max: 2000 }), component, async (given, maxBytes, of) => {
      const call = { params: { name: 'x' }, component: of } as never;
      const next = () => Promise.resolve(given as CallToolResult);
      const cut = await new ResponseLimiting({ maxBytes, suffix: '\n…' }).onCallTool(call, next);
      expect(bytes(cut)).toBeLessThanOrEqual(maxBytes);
      expect(JSON.stringify(cut)).not.toMatch(/\\ud[89a-f]/);
    }),
    { numRuns: 2000 },
  );
});

test('only the tools of the list are cut, and by default a megabyte is much', async () => {
  const long = { of: 'a', times: 2_000_000 };
  const listed = createApp(moduleOf({ maxBytes: 100, tools: ['data'] }));
  expect(textOf(await listed.callTool('text', long))).toHaveLength(2_000_000);
  expect(textOf(await listed.callTool('data', { count: 500 }))).toContain('truncated');
  const byDefault = await createApp(moduleOf()).callTool('text', long);
  expect(bytes(byDefault)).toBe(1_000_000);
});

test('a limit nobody can mean is told', () => {
  expect(() => new ResponseLimiting({ maxBytes: 0 })).toThrow('maxBytes');
  let told = '';
  try {
    createApp(moduleOf({ maxBytes: -5, suffix: 7 as never }));
  } catch (error) {
    told = (error as FrameworkError).message;
  }
  expect(told.match(/ERR_OPTION_VALUE/g)).toHaveLength(2);
});

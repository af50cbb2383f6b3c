import { Arg, Args, createApp, InHeader, McpModule, Principal, Tool, type App } from '@tenon/core';
import { RecordingLogger } from '@tenon/testing';
import { IsBoolean, IsInt, IsString, ValidateNested } from 'class-validator';
import { overHttp, type HttpWire } from './http-wire.js';
import { overLines } from './line-wire.js';

class Place {
  @InHeader('Zone') @IsString() zone!: string;
}

class Query {
  @InHeader('Tenant-Id') @IsInt() tenant!: number;
  @InHeader('dry') @IsBoolean() dry: boolean = true;
  @ValidateNested() place!: Place;
}

class Tools {
  @Tool() region(@Arg('region', { header: 'Region' }) region: string, table: string = 'all') {
    return `${region} ${table}`;
  }

  @Tool() query(@Args() { tenant, dry, place }: Query) {
    return `${tenant} ${dry} ${place.zone}`;
  }

  @Tool() plain(text: string) {
    return text;
  }
}

@McpModule({ name: 'headers', version: '1', handlers: [Tools] })
class HeadersModule {}

let app: App;
let wire: HttpWire;

beforeAll(async () => {
  app = createApp(HeadersModule, { logger: new RecordingLogger() });
  wire = await overHttp(app);
});
afterAll(() => app.close());

const region = (value: unknown, header?: string) =>
  wire.modern(
    'tools/call',
    { name: 'region', arguments: value === undefined ? {} : { region: value } },
    { headers: { 'Mcp-Param-Region': header } },
  );
const base64 = (text: string) => `=?base64?${Buffer.from(text).toString('base64')}?=`;

test('an argument with a header is published with its name, in a class as well', async () => {
  const { message } = await wire.modern('tools/list');
  const [first, second, third] = message.result.tools as {
    inputSchema: { properties: Record<string, object> };
  }[];
  expect(first?.inputSchema.properties).toMatchObject({
    region: { type: 'string', 'x-mcp-header': 'Region' },
  });
  expect(first?.inputSchema.properties.table).not.toHaveProperty('x-mcp-header');
  expect(second?.inputSchema.properties).toMatchObject({
    tenant: { type: 'integer', 'x-mcp-header': 'Tenant-Id' },
    dry: { type: 'boolean', 'x-mcp-header': 'dry' },
    place: { properties: { zone: { type: 'string', 'x-mcp-header': 'Zone' } } },
  });
  expect(JSON.stringify(third)).not.toContain('x-mcp-header');
});

// verifies 2026:37 2026:38
test('a header that says what the argument says lets the call through, whatever the case of its name', async () => {
  const { status, message } = await region('eu-west', 'eu-west');
  expect(status).toBe(200);
  expect(message.result.content).toEqual([{ type: 'text', text: 'eu-west all' }]);
});

// verifies 2026:37 2026:38
test.each([
  ['missing', 'eu-west', undefined],
  ['another', 'eu-west', 'us-west'],
  ['in another case', 'eu-west', 'EU-WEST'],
  ['there although the argument is not', undefined, 'eu-west'],
  ['there although the argument is null', null, 'eu-west'],
  ['there for an argument that is no scalar', { a: 1 }, '{"a":1}'],
])('a header that is %s is 400 and -32020, and the tool is not called', async (_, value, header) => {
  const { status, message } = await region(value, header);
  expect(status).toBe(400);
  expect(message).toMatchObject({ id: 7, error: { code: -32020 } });
});

// verifies 2026:37
test('an argument that is absent or null asks for no header: what is wrong with it is the tool’s to say', async () => {
  for (const value of [undefined, null]) {
    const { status, message } = await region(value);
    expect(status).toBe(200);
    expect(message.result.isError).toBe(true);
  }
});

// verifies 2026:36
test('a value that no header can carry comes in base64, and is compared as it is meant', async () => {
  for (const value of ['Zürich', ' padded ', 'two\nlines', '=?base64?literal?=', 'plain'])
    expect((await region(value, base64(value))).status).toBe(200);
});

// verifies 2026:36
test.each([
  ['without its padding', 'Hello', '=?base64?SGVsbG8?='],
  ['with letters base64 has not', 'Hello', '=?base64?SGVs!!!bG8=?='],
  ['of bytes that are no UTF-8', '\uFFFD', '=?base64?/w==?='],
  ['that is not encoded although it reads so', '=?base64?literal?=', '=?base64?literal?='],
  ['with characters no header may have', 'Zürich', 'Z\u00fcrich'],
])('a value %s is refused', async (_, value, header) => {
  const { status, message } = await region(value, header);
  expect(status).toBe(400);
  expect(message.error?.code).toBe(-32020);
});

// verifies 2026:36
test.each(['SGVsbG8=', '=?base64?SGVsbG8=', 'SGVsbG8=?=', '=?BASE64?SGVsbG8=?='])(
  '%s is plain text: only the whole of the marks makes it base64',
  async (value) => {
    expect((await region(value, value)).status).toBe(200);
  },
);

describe('integers, booleans and fields inside', () => {
  const query = (headers: Record<string, string | undefined>, args: object = {}) =>
    wire.modern(
      'tools/call',
      { name: 'query', arguments: { tenant: 42, dry: true, place: { zone: 'a' }, ...args } },
      {
        headers: { 'mcp-param-tenant-id': '42', 'mcp-param-dry': 'true', 'mcp-param-zone': 'a', ...headers },
      },
    );

  // verifies 2026:37
  test('an integer is compared as a number, a boolean by its word', async () => {
    const { message } = await query({});
    expect(message.result.content[0].text).toBe('42 true a');
    expect((await query({ 'mcp-param-tenant-id': '42.0' })).status).toBe(200);
    expect((await query({ 'mcp-param-tenant-id': '-7' }, { tenant: -7 })).status).toBe(200);
  });

  // verifies 2026:37
  test.each([
    [{ 'mcp-param-tenant-id': '43' }],
    [{ 'mcp-param-tenant-id': '0x2A' }],
    [{ 'mcp-param-tenant-id': '42.5' }],
    [{ 'mcp-param-tenant-id': '' }],
    [{ 'mcp-param-dry': 'True' }],
    [{ 'mcp-param-dry': undefined }],
    [{ 'mcp-param-zone': 'b' }],
    [{ 'mcp-param-zone': undefined }],
  ])('%p is refused', async (headers) => {
    expect((await query(headers)).message.error?.code).toBe(-32020);
  });

  test('an integer beyond what JSON carries exactly never agrees', async () => {
    const { message } = await query(
      { 'mcp-param-tenant-id': '9007199254740992' },
      { tenant: 9007199254740992 },
    );
    expect(message.error?.code).toBe(-32020);
  });

  test('an argument that is left out for its default has no header', async () => {
    const { message } = await query({ 'mcp-param-dry': undefined }, { dry: undefined });
    expect(message.result.content[0].text).toBe('42 true a');
  });
});

test('headers of arguments that have none are let pass, as other servers’ may be', async () => {
  const sending = { headers: { 'mcp-param-text': 'other', 'mcp-param-region': 'x' } };
  expect((await wire.modern('tools/call', { name: 'plain', arguments: { text: 'a' } }, sending)).status).toBe(
    200,
  );
});

test('the older era and stdio have no such headers', async () => {
  const session = await wire.session();
  const { message } = await session.ask('tools/call', { name: 'region', arguments: { region: 'eu' } });
  expect(message.result.content[0].text).toBe('eu all');
  const lines = await overLines(app);
  const answer = await lines.modern('tools/call', { name: 'region', arguments: { region: 'eu' } });
  expect(answer.result.content[0].text).toBe('eu all');
});

test('a tool the caller cannot see tells nothing of its headers', async () => {
  expect(app.disable({ names: ['region'] })).toBe(1);
  const { message } = await region('eu');
  expect(message.error?.code).toBe(-32602);
  app.enable({ names: ['region'] });
  const endpoint = await app.start();
  expect(endpoint.mirrored('region', new Principal({ issuer: 'i', subject: 's' }))).toEqual([
    { header: 'mcp-param-region', path: ['region'] },
  ]);
});

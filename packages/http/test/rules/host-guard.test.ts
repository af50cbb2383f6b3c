import { HostGuard, isLoopback } from '../../src/rules/host-guard.js';
import type { HttpRequest } from '../../src/rules/http-message.js';

function request(headers: Record<string, string>, rest: Partial<HttpRequest> = {}): HttpRequest {
  return {
    method: 'POST',
    target: '/mcp',
    headers,
    rawHeaders: Object.entries(headers).flat(),
    body: undefined,
    address: '127.0.0.1',
    principal: undefined,
    onDisconnect: () => undefined,
    ...rest,
  };
}

describe('on a loopback address', () => {
  const guard = new HostGuard('127.0.0.1', {
    allowedHosts: ['mcp.example.com'],
    allowedOrigins: ['https://app.example.com'],
  });

  test.each(['localhost:8000', '127.0.0.1', '[::1]:8000', 'LOCALHOST', 'mcp.example.com:443'])(
    'Host %s is served',
    (host) => {
      expect(guard.refusal(request({ host }))).toBeUndefined();
    },
  );

  test.each([
    'evil.example',
    'localhost.evil.example',
    'localhost:evil',
    '',
    'localhost@evil',
    '127.0.0.1.nip.io',
  ])('Host "%s" is refused', (host) => {
    expect(guard.refusal(request({ host }))).toBeDefined();
  });

  test.each(['http://localhost:3000', 'http://127.0.0.1', 'https://[::1]:1', 'https://app.example.com'])(
    'Origin %s is served',
    (origin) => {
      expect(guard.refusal(request({ host: 'localhost', origin }))).toBeUndefined();
    },
  );

  test.each([
    'https://evil.example',
    'null',
    'http://localhost.evil.example',
    'http://localhost@evil',
    'http://127.0.0.1.nip.io',
    'localhost',
  ])('Origin %s is refused', (origin) => {
    expect(guard.refusal(request({ host: 'localhost', origin }))).toBeDefined();
  });

  test.each([
    [{ ':authority': 'localhost:8000' }, undefined],
    [{ ':authority': 'localhost', host: 'localhost' }, undefined],
    [{ ':authority': 'localhost', host: 'evil.example' }, expect.any(String)],
    [{ ':authority': 'evil.example', host: 'localhost' }, expect.any(String)],
    [{}, expect.any(String)],
  ])('of %p the answer is %p', (headers, refusal) => {
    expect(guard.refusal(request(headers))).toEqual(refusal);
  });

  test('a good Host that is remembered does not let a bad Origin in with it', () => {
    expect(guard.refusal(request({ host: 'localhost' }))).toBeUndefined();
    expect(guard.refusal(request({ host: 'localhost', origin: 'https://evil.example' }))).toBeDefined();
  });

  test('two Host headers are refused, whatever they say', () => {
    const twice = request(
      { host: 'localhost' },
      { rawHeaders: ['Host', 'localhost', 'host', 'evil.example'] },
    );
    expect(guard.refusal(twice)).toBeDefined();
  });

  test('a request line with a whole address is refused', () => {
    expect(
      guard.refusal(request({ host: 'localhost' }, { target: 'http://evil.example/mcp' })),
    ).toBeDefined();
  });
});

describe('on an address others reach', () => {
  const guard = new HostGuard('0.0.0.0', { allowedOrigins: ['https://app.example.com'] });

  test('any Host is served as long as none is listed', () => {
    expect(guard.refusal(request({ host: 'mcp.example.com' }))).toBeUndefined();
  });

  test('only listed hosts are served once some are', () => {
    const listed = new HostGuard('0.0.0.0', { allowedHosts: ['mcp.example.com'] });
    expect(listed.refusal(request({ host: 'mcp.example.com' }))).toBeUndefined();
    expect(listed.refusal(request({ host: 'localhost' }))).toBeDefined();
  });

  test('an Origin has to be listed or the server itself', () => {
    expect(
      guard.refusal(request({ host: 'mcp.example.com', origin: 'https://app.example.com' })),
    ).toBeUndefined();
    expect(
      guard.refusal(request({ host: 'mcp.example.com', origin: 'https://mcp.example.com' })),
    ).toBeUndefined();
    expect(
      guard.refusal(request({ host: 'mcp.example.com', origin: 'http://localhost:3000' })),
    ).toBeDefined();
  });
});

test('loopback addresses are told from others', () => {
  expect(['127.0.0.1', '::1', 'localhost', '127.8.8.8', '::ffff:127.0.0.1'].every(isLoopback)).toBe(true);
  expect(['0.0.0.0', '::', '10.0.0.1', 'example.com'].some(isLoopback)).toBe(false);
});

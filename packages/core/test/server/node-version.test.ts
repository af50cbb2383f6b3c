import { createApp, McpModule, Tool } from '@tenon/core';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

class Tools {
  @Tool() ping() {
    return 'pong';
  }
}

@McpModule({ name: 't', version: '1', handlers: [Tools] })
class Root {}

function under(node: string): () => unknown {
  return () => {
    const { versions } = process;
    Object.defineProperty(process, 'versions', { value: { ...versions, node }, configurable: true });
    try {
      return createApp(Root);
    } finally {
      Object.defineProperty(process, 'versions', { value: versions, configurable: true });
    }
  };
}

test.each(['18.20.4', '20.9.0', '20.19.6'])(
  'Node.js %s is refused with the version that is needed',
  (node) => {
    expect(under(node)).toThrow(
      expect.objectContaining({
        code: 'ERR_NODE_VERSION',
        message: expect.stringMatching(`This is Node.js ${node}, and Tenon needs 20.20.0 or newer`) as string,
        fix: expect.stringMatching('newer Node.js') as string,
      }),
    );
  },
);

test.each(['20.20.0', '20.20.2', '22.1.0', '24.0.0', '100.0.0'])('Node.js %s is taken', (node) => {
  expect(under(node)).not.toThrow();
});

test('the oldest version that is taken is the one the packages name', () => {
  for (const name of ['core', 'http', 'testing', 'tenon']) {
    const path = join(__dirname, '../../../', name, 'package.json');
    const { engines } = JSON.parse(readFileSync(path, 'utf8')) as { engines: { node: string } };
    expect(engines.node).toBe('>=20.20');
  }
});

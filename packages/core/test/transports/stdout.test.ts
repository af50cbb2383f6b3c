test('once stdout is claimed, only the protocol is on it', () => {
  jest.isolateModules(() => {
    const seen: string[] = [];
    const { stdout, stderr } = process;
    const real = { out: stdout.write, err: stderr.write };
    stdout.write = ((text: string) => Boolean(seen.push(`out:${text}`))) as never;
    stderr.write = ((text: string) => Boolean(seen.push(`err:${text}`))) as never;
    try {
      const fresh = jest.requireActual<typeof import('../../src/transports/stdout.js')>(
        '../../src/transports/stdout.js',
      );
      fresh.writeProtocol('before');
      fresh.claimStdout();
      fresh.claimStdout();
      stdout.write('printed');
      fresh.writeProtocol('protocol');
    } finally {
      stdout.write = real.out;
      stderr.write = real.err;
    }
    expect(seen).toEqual(['out:before', 'err:printed', 'out:protocol']);
  });
});

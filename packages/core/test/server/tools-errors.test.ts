import { Ids, McpModule, ProtocolError, RandomIds, Tool, ToolError, Unavailable } from '@tenon/core';
import { createTestServer, RecordingLogger, type TestVersion } from '@tenon/testing';

class Tools {
  @Tool() verbatim() {
    throw new ToolError('Ask for a city in Norway.');
  }
  @Tool() async breaks() {
    throw new Error('postgres://user:secret@db');
  }
  @Tool() throwsText() {
    throw 'plain text';
  }
  @Tool() refused() {
    throw new ProtocolError(1234, 'not like this', { why: 'because' });
  }
  @Tool() later() {
    throw new Unavailable('ERR_DB_DOWN', { retryAfterMs: 1500 });
  }
}

@McpModule({ name: 't', version: '1', handlers: [Tools] })
class Root {}

@McpModule({ name: 't', version: '1', handlers: [Tools], expose: 'errors' })
class Open {}

class OneId extends Ids {
  secret() {
    return new RandomIds().secret();
  }
  reference() {
    return 'ref0000001';
  }
}

describe.each<TestVersion>(['2025-11-25', '2026-07-28'])('%s', (version) => {
  const call = async (name: string, module: typeof Root, logger = new RecordingLogger()) => {
    await using server = await createTestServer(module, { logger, ids: new OneId() });
    const client = await server.connect(version);
    const result = await client.callTool({ name });
    return { failed: result.isError, text: (result.content as { text: string }[])[0]?.text };
  };

  test('a ToolError is read by the model as it is, and not logged', async () => {
    const logger = new RecordingLogger();
    expect(await call('verbatim', Root, logger)).toEqual({ failed: true, text: 'Ask for a city in Norway.' });
    expect(logger.lines).toEqual([]);
  });

  test('anything else thrown is masked with a reference that is in the log', async () => {
    const logger = new RecordingLogger();
    const { failed, text } = await call('breaks', Root, logger);
    expect(failed).toBe(true);
    expect(text).toMatch('ref0000001');
    expect(text).not.toMatch('secret');
    const [line] = logger.lines;
    expect(line?.level).toBe('error');
    expect(line?.fields.reference).toBe('ref0000001');
    expect(line?.fields.err).toMatchObject({ message: 'postgres://user:secret@db' });
  });

  test('expose: "errors" shows the text, of what is no Error as well', async () => {
    expect((await call('breaks', Open)).text).toMatch('secret');
    expect((await call('throwsText', Open)).text).toMatch('plain text');
    expect((await call('throwsText', Root)).text).not.toMatch('plain text');
  });

  test('a ProtocolError keeps its code, its text and its data', async () => {
    await expect(call('refused', Root)).rejects.toMatchObject({ code: 1234, data: { why: 'because' } });
  });

  test('what is unavailable says when to ask again', async () => {
    const logger = new RecordingLogger();
    await expect(call('later', Root, logger)).rejects.toMatchObject({
      code: -32603,
      data: { code: 'ERR_DB_DOWN', retryAfterMs: 1500 },
    });
    expect(logger.lines[0]?.level).toBe('warn');
  });
});

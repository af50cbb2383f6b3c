import {
  createApp,
  Encoder,
  inMemory,
  McpModule,
  ProtocolError,
  Tool,
  ToolResult,
  type RpcMessage,
} from '@tenon/core';
import { RecordingLogger } from '@tenon/testing';

const modern = (id: number, name: string) => ({
  jsonrpc: '2.0',
  id,
  method: 'tools/call',
  params: {
    name,
    _meta: {
      'io.modelcontextprotocol/protocolVersion': '2026-07-28',
      'io.modelcontextprotocol/clientCapabilities': {},
    },
  },
});

class Tools {
  @Tool() async structured() {
    return { content: [{ type: 'text', text: 'own' }], structuredContent: { big: 1n } };
  }
  @Tool() async meta() {
    return new ToolResult({ content: 'own', meta: { big: 1n } });
  }
  @Tool() async block() {
    return { type: 'text', text: 'own', _meta: { big: 1n } };
  }
  @Tool() async data() {
    throw new ProtocolError(1, 'no', { big: 1n });
  }
}

@McpModule({ name: 't', version: '1', handlers: [Tools] })
class Root {}

test.each(['structured', 'meta', 'block', 'data'])(
  'what JSON cannot carry in %s is answered, and does not end the process',
  async (name) => {
    const app = createApp(Root, { logger: new RecordingLogger() });
    const transport = inMemory();
    const answers: RpcMessage[] = [];
    transport.client.onmessage = (message: RpcMessage) => void answers.push(message);
    await app.serve(transport);
    await transport.client.send(modern(1, name));
    // A rejection nobody has handled fails this test.
    for (let i = 0; i < 5; i++) await new Promise((resolve) => setImmediate(resolve));
    expect(answers).toEqual([expect.objectContaining({ id: 1 })]);
    await app.close();
  },
);

test('the encoder never throws, whatever a result holds', () => {
  const encoder = new Encoder({ name: 't', version: '1' });
  const circle: Record<string, unknown> = {};
  circle.self = circle;
  for (const era of ['legacy', 'modern'] as const)
    for (const value of [{ big: 1n }, circle])
      expect(() => encoder.answer(1, { is: 'result', value }, era)).not.toThrow();
});

import { createApp, McpModule, Tool } from '@tenon/core';
import { RecordingLogger } from '@tenon/testing';
import { z } from 'zod';

const User = z.object({ id: z.string().refine((id) => Promise.resolve(id !== 'taken'), 'is taken') });

class Tools {
  @Tool({ input: User }) create(user: z.infer<typeof User>) {
    return `created ${user.id}`;
  }
  @Tool({ output: User }) async last() {
    return { id: await Promise.resolve('ada') };
  }
  @Tool({ output: User }) broken() {
    return { id: 'taken' };
  }
}

@McpModule({ name: 't', version: '1', handlers: [Tools] })
class Root {}

const logger = new RecordingLogger();
const app = createApp(Root, { logger });
afterAll(() => app.close());

test('arguments are checked before the method runs, also by a schema that has to ask elsewhere', async () => {
  expect(await app.callTool('create', { id: 'ada' })).toMatchObject({ content: [{ text: 'created ada' }] });
  const refused = await app.callTool('create', { id: 'taken' });
  expect(refused).toMatchObject({ isError: true, content: [{ text: expect.stringContaining('is taken') }] });
});

test('a result is checked before it leaves, also by a schema that has to ask elsewhere', async () => {
  expect(await app.callTool('last')).toMatchObject({ structuredContent: { id: 'ada' } });
  expect(await app.callTool('broken')).toMatchObject({ isError: true });
  expect(logger.lines.some(({ level }) => level === 'error')).toBe(true);
});

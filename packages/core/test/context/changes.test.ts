import { Changes, createApp, Inject, Injectable, McpModule, Resource, Tool, tool } from '@tenon/core';

const heard: string[] = [];

@Injectable()
class Echo {
  readonly stop: () => void;
  constructor(@Inject(Changes) changes: Changes) {
    this.stop = changes.hear({
      listChanged: (method) => heard.push(method),
      updated: (uri) => heard.push(uri),
    });
  }
  @Tool() silence() {
    this.stop();
    return 'silent';
  }
  @Resource('echo://{word}') word(word: string) {
    return word;
  }
}

@McpModule({ name: 'echo', version: '1', handlers: [Echo] })
class EchoModule {}

test('what clients are told to have changed is heard in the process, until it is no longer listened to', async () => {
  const app = createApp(EchoModule);
  await app.start();
  app.add(tool({ name: 'late', run: () => 'late' }));
  app.updated('echo://hello');
  expect(heard).toEqual(['tools/list', 'echo://hello']);
  app.disable({ kinds: ['template'] });
  expect(heard.splice(0)).toContain('resources/templates/list');
  await app.callTool('silence');
  app.updated('echo://hello');
  expect(heard).toEqual([]);
  await app.close();
});

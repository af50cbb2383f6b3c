import { createApp, Injectable, McpModule, Resource, Tool, type ModuleOptions } from '@tenon/core';
import { RecordingLogger } from '@tenon/testing';

class Tools {
  @Tool() ping() {
    return 'pong';
  }
}
class Files {
  @Resource('data://files') files() {
    return 'none';
  }
}
class More extends Tools {}
@Injectable()
class Plain {}

function warnings(options: ModuleOptions): readonly string[] {
  @McpModule({ name: 't', version: '1', ...options })
  class Root {}
  const logger = new RecordingLogger();
  createApp(Root, { logger });
  return logger.lines.map(({ level, message }) => `${level} ${message}`);
}

test('a class with decorated methods that is listed as a provider only is warned of, with where it belongs', () => {
  expect(warnings({ providers: [Plain, Tools, { provide: 'files', useClass: Files }] })).toEqual([
    'warn Tools is among the providers of Root and no handler: Tools.ping() is not offered. List Tools under "handlers" of a module.',
    'warn Files is among the providers of Root and no handler: Files.files() is not offered. List Files under "handlers" of a module.',
  ]);
});

test('it is not where some module lists it, or a class that extends it, as a handler', () => {
  @McpModule({ providers: [Tools, Files], exports: [Tools, Files] })
  class Feature {}
  expect(warnings({ imports: [Feature], handlers: [Files, More] })).toEqual([]);
});

import { transformFileSync } from '@swc/core';
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createApp, Inject, Injectable, McpModule, token, Tool } from '../../src/index.js';

const ROOT = join(__dirname, '../../../..');
const FIXTURE = join(__dirname, '../fixtures/import-cycle');

const COMPILERS: Record<string, (to: string) => void> = {
  tsc(to) {
    const tsc = join(ROOT, 'node_modules/@typescript/native/bin/tsc');
    const options =
      '--ignoreConfig --skipLibCheck --module nodenext --target es2022 --experimentalDecorators --emitDecoratorMetadata';
    const files = readdirSync(FIXTURE).map((name) => join(FIXTURE, name));
    const places = ['--types', 'node', '--rootDir', FIXTURE, '--outDir', to, ...files];
    execFileSync(process.execPath, [tsc, ...options.split(' '), ...places], { cwd: ROOT, encoding: 'utf8' });
  },
  swc(to) {
    for (const name of readdirSync(FIXTURE)) {
      const { code } = transformFileSync(join(FIXTURE, name), {
        swcrc: false,
        jsc: {
          target: 'es2022',
          parser: { syntax: 'typescript', decorators: true },
          transform: { legacyDecorator: true, decoratorMetadata: true },
        },
        module: { type: 'es6' },
      });
      writeFileSync(join(to, name.replace(/ts$/, 'js')), code);
    }
  },
};

test.each(Object.keys(COMPILERS))(
  'files that import each other load as ES modules, and find what @Inject(() => …) names (%s)',
  (compiler) => {
    const cache = join(ROOT, 'node_modules/.cache');
    mkdirSync(cache, { recursive: true });
    const folder = mkdtempSync(join(cache, 'import-cycle-'));
    try {
      writeFileSync(join(folder, 'package.json'), '{ "type": "module" }');
      COMPILERS[compiler]?.(folder);
      // The library is loaded first, and so its author before it is there.
      const printed = execFileSync(process.execPath, [join(folder, 'main.js')], { encoding: 'utf8' });
      expect(JSON.parse(printed)).toEqual([{ type: 'text', text: '3 books, one library' }]);
    } finally {
      rmSync(folder, { recursive: true });
    }
  },
);

test('a token that an import cycle has left undefined is told with the way to name it later', () => {
  const later = undefined as never;
  @Injectable()
  class Named {
    constructor(@Inject(later) readonly other: unknown) {}
  }
  class Tools {
    @Tool() take(@Inject(later) other: unknown) {
      return other;
    }
  }
  @McpModule({
    name: 't',
    version: '1',
    providers: [Named, { provide: token('made'), useFactory: () => 1, inject: [later] }],
    handlers: [Tools],
  })
  class Root {}
  const errors = (() => {
    try {
      createApp(Root);
    } catch (error) {
      return (error as { errors: { code: string; message: string; fix: string }[] }).errors;
    }
  })();
  expect(errors?.map((each) => each.code)).toEqual([
    'ERR_DI_TYPE_ERASED',
    'ERR_DI_TYPE_ERASED',
    'ERR_DI_TYPE_ERASED',
  ]);
  expect(errors?.map((each) => /Parameter 0 of (\S+)/.exec(each.message)?.[1])).toEqual([
    'Named',
    'made',
    'Tools.take()',
  ]);
  expect(errors?.[0]?.message).toMatch('import cycle');
  expect(errors?.[0]?.fix).toMatch('@Inject(() => Token)');
});

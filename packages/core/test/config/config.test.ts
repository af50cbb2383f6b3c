import {
  ConfigModule,
  createApp,
  Env,
  FrameworkError,
  Inject,
  Injectable,
  Lifespan,
  McpModule,
  Secret,
  token,
  Tool,
  type ConfigClass,
  type ConfigOptions,
} from '@tenon/core';
import { RecordingLogger } from '@tenon/testing';
import { IsArray, IsBoolean, IsIn, IsInt, IsOptional, IsString, IsUrl, Max, Min } from 'class-validator';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inspect } from 'node:util';

class AppConfig {
  @Secret() @IsUrl({ protocols: ['postgres'], require_tld: false }) databaseUrl!: string;
  @IsInt() @Min(1) @Max(65_535) port = 8000;
  @Env('LOG_VERBOSE') @IsBoolean() verbose = false;
  @IsArray() @IsString({ each: true }) allowedHosts: string[] = [];
  @IsOptional() @IsIn(['fast', 'safe']) mode?: string;
}

class Tools {
  @Tool() ping() {
    return 'pong';
  }
}

async function read<T extends object>(
  config: ConfigClass<T>,
  options: ConfigOptions<T>,
): Promise<{ config: T; logger: RecordingLogger }> {
  @McpModule({ name: 't', version: '1', imports: [ConfigModule.forRoot(config, options)], handlers: [Tools] })
  class Root {}
  const logger = new RecordingLogger();
  const app = createApp(Root, { logger });
  await app.start();
  const made = app.get(config);
  await app.close();
  return { config: made, logger };
}

async function failure<T extends object>(config: ConfigClass<T>, options: ConfigOptions<T>) {
  return read(config, options).then(
    () => {
      throw new Error('nothing was wrong');
    },
    (error: unknown) => {
      if (FrameworkError.is(error)) return error;
      throw error;
    },
  );
}

const DATABASE_URL = 'postgres://app:hunter2@db/app';

test('fields are read from variables of their name, become what they are declared as, or keep their default', async () => {
  const env = {
    DATABASE_URL,
    PORT: '9000',
    LOG_VERBOSE: 'yes',
    ALLOWED_HOSTS: 'a.example, b.example',
    VERBOSE: 'no',
  };
  const { config } = await read(AppConfig, { env });
  expect(config).toBeInstanceOf(AppConfig);
  expect(config.databaseUrl).toBe(DATABASE_URL);
  expect({ ...config }).toEqual({
    port: 9000,
    verbose: true,
    allowedHosts: ['a.example', 'b.example'],
    mode: undefined,
  });
  const { config: defaults } = await read(AppConfig, { env: { DATABASE_URL, PORT: '' } });
  expect(defaults).toMatchObject({ port: 8000, verbose: false, allowedHosts: [] });
});

test('everything that is wrong is told at once, with variable and field, and no secret', async () => {
  const env = { DATABASE_URL: 'mysql://root:hunter2@db', PORT: '70000', LOG_VERBOSE: 'maybe', MODE: 'slow' };
  const error = await failure(AppConfig, { env });
  expect(error.code).toBe('ERR_CONFIG_INVALID');
  expect(error.message).toMatch('AppConfig');
  expect(error.message).toMatch(/- DATABASE_URL \(databaseUrl\) must be a URL.*; it is "\*\*\*"/);
  expect(error.message).toMatch(
    /- PORT \(port\) must not be greater than 65535; it is "70000" \(environment\)/,
  );
  expect(error.message).toMatch(/- LOG_VERBOSE \(verbose\) must be a boolean value; it is "maybe"/);
  expect(error.message).toMatch(/- MODE \(mode\) must be one of the following values: fast, safe/);
  expect(inspect(error)).not.toMatch('hunter2');
  const missing = await failure(AppConfig, { env: {} });
  expect(missing.message).toMatch('- DATABASE_URL (databaseUrl) is required');
  expect(missing.fix).toMatch('Set these variables');
});

test('nothing is read before the start: neither when the module is written, nor when the app is created', async () => {
  let reads = 0;
  const env = {
    get DATABASE_URL() {
      reads++;
      return DATABASE_URL;
    },
  };
  @McpModule({
    name: 't',
    version: '1',
    imports: [ConfigModule.forRoot(AppConfig, { env })],
    handlers: [Tools],
  })
  class Root {}
  const app = createApp(Root, { logger: new RecordingLogger() });
  expect(reads).toBe(0);
  await app.start();
  expect(reads).toBeGreaterThan(0);
  await app.close();
});

test('the environment of the process is read as it is at the start', async () => {
  class Plain {
    @Env('TENON_TEST_CONFIG') word = 'unset';
  }
  @McpModule({ name: 't', version: '1', imports: [ConfigModule.forRoot(Plain)], handlers: [Tools] })
  class Root {}
  const app = createApp(Root, { logger: new RecordingLogger() });
  process.env.TENON_TEST_CONFIG = 'set';
  try {
    await app.start();
    expect(app.get(Plain).word).toBe('set');
  } finally {
    delete process.env.TENON_TEST_CONFIG;
    await app.close();
  }
});

test('one line of the log says where each value came from; secrets are struck out, also those only named like one', async () => {
  class Wide extends AppConfig {
    @Env() apiKey = 'k-123456';
    @Env() upstream = '';
  }
  const env = { DATABASE_URL, PORT: '9000', UPSTREAM: 'https://user:hunter2@up.example/x' };
  const { logger } = await read(Wide, { env, values: { mode: 'fast' } });
  const lines = logger.lines.filter((line) => line.message === 'Wide has been read');
  expect(lines).toHaveLength(1);
  expect(lines[0]?.fields.settings).toEqual([
    { variable: 'DATABASE_URL', value: '***', from: 'environment' },
    { variable: 'PORT', value: '9000', from: 'environment' },
    { variable: 'LOG_VERBOSE', value: 'false', from: 'default' },
    { variable: 'ALLOWED_HOSTS', value: '[]', from: 'default' },
    { variable: 'MODE', value: 'fast', from: 'program' },
    { variable: 'API_KEY', value: '***', from: 'default' },
    { variable: 'UPSTREAM', value: 'https://***@up.example/x', from: 'environment' },
  ]);
  expect(JSON.stringify(logger.lines)).not.toMatch(/hunter2|k-123456/);
});

test('a secret can be read, and does not show where the config is printed, spread or sent', async () => {
  const { config } = await read(AppConfig, { env: { DATABASE_URL } });
  expect(config.databaseUrl).toBe(DATABASE_URL);
  for (const shown of [JSON.stringify(config), inspect(config), JSON.stringify({ ...config })])
    expect(shown).not.toMatch('hunter2');
});

test('what the program says wins over the environment, that over a file, and that over the default', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'config-'));
  const file = join(folder, '.env');
  try {
    writeFileSync(
      file,
      `# of the file\nexport PORT=1\nMODE="safe"\nLOG_VERBOSE=true\nDATABASE_URL='${DATABASE_URL}'\n`,
    );
    const { config, logger } = await read(AppConfig, {
      file,
      env: { PORT: '2', MODE: 'fast' },
      values: { port: 3 },
    });
    expect(config).toMatchObject({ port: 3, mode: 'fast', verbose: true });
    expect(logger.lines[0]?.fields.settings).toContainEqual({
      variable: 'LOG_VERBOSE',
      value: 'true',
      from: file,
    });
    const absent = await read(AppConfig, { file: join(folder, 'nowhere'), env: { DATABASE_URL } });
    expect(absent.config.port).toBe(8000);
    const error = await failure(AppConfig, { file: folder, env: { DATABASE_URL } });
    expect(error.code).toBe('ERR_CONFIG_FILE');
    expect(error.message).toMatch('AppConfig');
    expect(error.cause).toMatchObject({ code: 'EISDIR' });
  } finally {
    rmSync(folder, { recursive: true });
  }
});

test('fields without validators are what their type or their default says', async () => {
  class Plain {
    @Env() name!: string;
    @Env('MAX_SIZE') size!: number;
    @Env() dryRun = false;
    untouched = 'stays';
    @Env('HTTPPort2') HTTPPort2 = 1;
    @Env() apiV2URL = '';
  }
  const { config } = await read(Plain, {
    env: { NAME: '007', MAX_SIZE: '12.5', DRY_RUN: '1', UNTOUCHED: 'no', API_V2_URL: 'x' },
  });
  expect({ ...config }).toEqual({
    name: '007',
    size: 12.5,
    dryRun: true,
    untouched: 'stays',
    HTTPPort2: 1,
    apiV2URL: 'x',
  });
  const error = await failure(Plain, { env: { MAX_SIZE: 'big' } });
  expect(error.message).toMatch('- NAME (name) is required');
  expect(error.message).toMatch(/- MAX_SIZE \(size\) must be a number.*; it is "big"/);
});

test('a config is injected everywhere without an import: lifespans, factories, handlers of other modules', async () => {
  const OPENED = token<string>('OPENED');
  const MADE = token<string>('MADE');
  @Lifespan(OPENED)
  class Opens {
    constructor(readonly config: AppConfig) {}
    *open() {
      yield `port ${this.config.port}`;
    }
  }
  @Injectable()
  class Uses {
    constructor(readonly config: AppConfig) {}
    @Tool() use(
      @Inject(OPENED) opened: string,
      @Inject(MADE) made: string,
      @Inject(AppConfig) config: AppConfig,
    ) {
      return [opened, made, config === this.config].join(' ');
    }
  }
  @McpModule({
    lifespans: [Opens],
    providers: [{ provide: MADE, useFactory: (of: AppConfig) => `mode ${of.mode}`, inject: [AppConfig] }],
    handlers: [Uses],
  })
  class Feature {}
  const env = { DATABASE_URL, MODE: 'fast' };
  @McpModule({ name: 't', version: '1', imports: [Feature, ConfigModule.forRoot(AppConfig, { env })] })
  class Root {}
  const app = createApp(Root, { logger: new RecordingLogger() });
  expect((await app.callTool('use')).content).toEqual([{ type: 'text', text: 'port 8000 mode fast true' }]);
  await app.close();

  const overridden = createApp(Root, {
    override: [{ provide: AppConfig, useValue: { port: 1, mode: 'safe' } }],
  });
  expect((await overridden.callTool('use')).content).toEqual([
    { type: 'text', text: 'port 1 mode safe true' },
  ]);
  await overridden.close();
});

test('mistakes in the class are found when the app is created', () => {
  class Empty {
    port = 8000;
  }
  class Untyped {
    @Env() hosts!: string[];
  }
  @McpModule({
    name: 't',
    version: '1',
    imports: [ConfigModule.forRoot(Empty), ConfigModule.forRoot(Untyped)],
    handlers: [Tools],
  })
  class Root {}
  const error = (() => {
    try {
      createApp(Root);
    } catch (thrown) {
      return thrown as FrameworkError;
    }
  })();
  expect(error?.errors.map((each) => each.code)).toEqual(['ERR_CONFIG_CLASS', 'ERR_CONFIG_CLASS']);
  expect(error?.message).toMatch('Empty cannot be read');
  expect(error?.message).toMatch('Untyped.hosts cannot be read');
  expect(error?.errors[1]?.fix).toMatch('class-validator');
});

test('a config class that is listed as a provider is told what to import instead', () => {
  @McpModule({ name: 't', version: '1', providers: [AppConfig], handlers: [Tools] })
  class Root {}
  expect(() => createApp(Root)).toThrow(
    expect.objectContaining({
      code: 'ERR_MODULE_ENTRY',
      fix: expect.stringMatching(/ConfigModule\.forRoot\(AppConfig\)/),
    }),
  );
});

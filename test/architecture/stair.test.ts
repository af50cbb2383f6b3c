import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';

const ROOT = join(__dirname, '../..');
const CONFIG = join(ROOT, '.dependency-cruiser.cjs');
const { forbidden } = createRequire(__filename)(CONFIG) as {
  forbidden: { name: string; comment?: string }[];
};

interface Violation {
  readonly from: string;
  readonly to: string;
  readonly rule: { readonly name: string };
}

/** Cruises the packages below a folder. */
async function violations(folder: string): Promise<readonly Violation[]> {
  const cruiser = join(ROOT, 'node_modules/dependency-cruiser/bin/dependency-cruise.mjs');
  const args = [cruiser, 'packages', '--config', CONFIG, '--output-type', 'json'];
  const { stdout } = await promisify(execFile)(process.execPath, args, {
    cwd: folder,
    maxBuffer: 64 * 1024 * 1024,
  }).catch((failed: { stdout: string }) => failed);
  return (JSON.parse(stdout) as { summary: { violations: Violation[] } }).summary.violations;
}

/** For each rule, a file and the import in it that breaks the rule. */
const PLANTED: Record<string, readonly [file: string, imports: string]> = {
  'stair/errors': ['core/src/errors/a.ts', '../context/z.js'],
  'stair/time': ['core/src/time/a.ts', '../di/z.js'],
  'stair/metadata': ['core/src/metadata/a.ts', '../errors/z.js'],
  'stair/text': ['core/src/text/a.ts', '../schema/z.js'],
  'stair/telemetry': ['core/src/telemetry/a.ts', '../mcp/z.js'],
  'stair/mcp': ['core/src/mcp/a.ts', '../protocol/z.js'],
  'stair/schema': ['core/src/schema/a.ts', '../components/z.js'],
  'stair/storage': ['core/src/storage/a.ts', '../di/z.js'],
  'stair/di': ['core/src/di/a.ts', '../context/z.js'],
  'stair/asking': ['core/src/asking/a.ts', '../context/z.js'],
  'stair/context': ['core/src/context/a.ts', '../catalog/z.js'],
  'stair/components': ['core/src/components/a.ts', '../middleware/z.js'],
  'stair/middleware': ['core/src/middleware/a.ts', '../catalog/z.js'],
  'stair/catalog': ['core/src/catalog/a.ts', '../records/z.js'],
  'stair/records': ['core/src/records/a.ts', '../catalog/z.js'],
  'stair/decorators': ['core/src/decorators/a.ts', '../modules/z.js'],
  'stair/modules': ['core/src/modules/a.ts', '../decorators/z.js'],
  'stair/contract': ['core/src/contract/a.ts', '../protocol/methods/z.js'],
  'stair/protocol/methods': ['core/src/protocol/methods/a.ts', '../z.js'],
  'stair/middleware/builtin': ['core/src/middleware/builtin/a.ts', '../../server/z.js'],
  'stair/config': ['core/src/config/a.ts', '../transports/z.js'],
  'stair/protocol': ['core/src/protocol/a.ts', '../transports/z.js'],
  'stair/transports': ['core/src/transports/a.ts', '../server/z.js'],
  'stair/server': ['core/src/server/a.ts', '../index.js'],
  'package/core': ['core/src/server/b.ts', '../../../http/src/index.js'],
  'package/http': ['http/src/a.ts', '../../core/src/di/z.js'],
  'package/storage': ['storage/src/a.ts', '../../core/src/storage/z.js'],
  'package/testing': ['testing/src/a.ts', '../../http/src/index.js'],
  'package/tenon': ['tenon/src/a.ts', '../../core/src/di/z.js'],
  'door/tsyringe': ['core/src/modules/b.ts', 'tsyringe'],
  'door/reflect-metadata': ['core/src/modules/c.ts', 'reflect-metadata'],
  'door/class-validator': ['core/src/modules/d.ts', 'class-validator'],
  'door/pino': ['core/src/modules/e.ts', 'pino'],
  'door/ajv': ['core/src/modules/i.ts', 'ajv'],
  'door/the official SDK': ['core/src/modules/f.ts', '@modelcontextprotocol/sdk'],
  'door/fastify': ['core/src/modules/g.ts', 'fastify'],
  'door/ioredis': ['storage/src/b.ts', 'ioredis'],
  'door/the file system': ['core/src/modules/h.ts', 'node:fs'],
  'rules-know-no-host': ['http/src/rules/a.ts', '../hosts/z.js'],
  'no-circle': ['core/src/time/c-back.ts', './c.js'],
  'nobody-enters-by-the-face': ['core/src/di/b.ts', '../index.js'],
  'source-knows-no-test': ['core/src/time/d.ts', '../../../../test/z.js'],
  'no-orphan': ['core/src/time/orphan.ts', ''],
};

const LIBRARIES = [
  'tsyringe',
  'reflect-metadata',
  'class-validator',
  'pino',
  'ajv',
  'ioredis',
  '@modelcontextprotocol/sdk',
  'fastify',
];

let found: readonly Violation[];
let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'stair-'));
  const write = async (path: string, text: string): Promise<void> => {
    await mkdir(dirname(join(folder, path)), { recursive: true });
    await writeFile(join(folder, path), text);
  };
  await write('tsconfig.base.json', '{ "compilerOptions": { "module": "NodeNext" } }');
  await write('package.json', '{ "type": "module" }');
  await write('test/z.ts', 'export const z = 1;');
  for (const name of LIBRARIES) {
    await write(
      `node_modules/${name}/package.json`,
      JSON.stringify({ name, version: '1.0.0', main: 'index.js' }),
    );
    await write(`node_modules/${name}/index.js`, 'exports.z = 1;');
  }
  const floors = Object.keys(PLANTED).filter((rule) => rule.startsWith('stair/'));
  for (const floor of floors)
    await write(`packages/core/src/${floor.slice('stair/'.length)}/z.ts`, 'export const z = 1;');
  for (const name of ['core', 'http', 'storage', 'testing', 'tenon'])
    await write(`packages/${name}/src/index.ts`, 'export const z = 1;');
  await write('packages/http/src/hosts/z.ts', 'export const z = 1;');
  await write('packages/core/src/time/c.ts', "import './c-back.js';");
  for (const [file, imports] of Object.values(PLANTED))
    await write(`packages/${file}`, imports ? `import '${imports}';` : 'const alone = 1;');
  found = await violations(folder);
}, 60_000);

afterAll(() => rm(folder, { recursive: true, force: true }));

test('the house keeps its own rules', async () => {
  expect(await violations(ROOT)).toEqual([]);
}, 60_000);

test('every rule has an import that breaks it here, and says what to do instead', () => {
  expect(Object.keys(PLANTED).sort()).toEqual(forbidden.map((rule) => rule.name).sort());
  expect(forbidden.filter((rule) => !rule.comment)).toEqual([]);
});

test.each(Object.entries(PLANTED))('%s is broken by %j', (rule, [file]) => {
  expect(
    found.filter(({ from, rule: { name } }) => name === rule && from === `packages/${file}`),
  ).not.toEqual([]);
});

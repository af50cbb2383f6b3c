// The import rules of the house. Each says what to do instead; test/architecture/stair.test.ts shows each one failing.

const { readFileSync } = require('node:fs');
const { join } = require('node:path');

/** Inside core, a folder imports from the floors below its own, and from nowhere else. Folders on one floor do not know each other. */
const STAIR = [
  ['errors', 'time', 'metadata', 'text'],
  ['telemetry', 'mcp', 'schema', 'storage', 'di'],
  ['asking'],
  ['context'],
  ['components'],
  ['middleware'],
  ['catalog', 'records'],
  ['decorators', 'modules', 'contract', 'protocol/methods'],
  ['protocol', 'config', 'middleware/builtin'],
  ['transports'],
  ['server'],
];

/** Between packages: who imports whom, always through the public door. */
const PACKAGES = {
  core: [],
  http: ['core'],
  storage: ['core'],
  testing: ['core'],
  tenon: ['core', 'http', 'storage', 'testing'],
};

/** The files behind the entries of a package, as its exports name them. */
function entriesOf(name) {
  const { exports } = JSON.parse(readFileSync(join(__dirname, 'packages', name, 'package.json'), 'utf8'));
  const files = Object.values(exports).flatMap((target) => target['@tenon/source']?.slice('./'.length) ?? []);
  return `^packages/${name}/(${files.join('|').replaceAll('.', '\\.')})$`;
}

const CORE = '^packages/core/src';

const stair = STAIR.flatMap((floor, i) =>
  floor.map((folder) => {
    const open = [...STAIR.slice(0, i).flat(), folder];
    return {
      name: `stair/${folder}`,
      severity: 'error',
      comment: `${folder}/ stands on floor ${i + 1} and uses ${open.slice(0, -1).join(', ') || 'nothing'}. Move the code down, or take what it needs as an argument.`,
      from: { path: `${CORE}/${folder}/[^/]+$` },
      to: { path: `${CORE}/`, pathNot: open.map((each) => `${CORE}/${each}/[^/]+$`) },
    };
  }),
);

const packages = Object.entries(PACKAGES).map(([name, may]) => ({
  name: `package/${name}`,
  severity: 'error',
  comment: `${name} imports ${may.join(' and ') || 'no other package'}, and only what a user could import too.`,
  from: { path: `^packages/${name}/src/` },
  to: {
    path: '^packages/',
    pathNot: [`^packages/${name}/`, ...may.map(entriesOf)],
  },
}));

/** A library with few doors: the only files that import it. */
const door = (name, library, files) => ({
  name: `door/${name}`,
  severity: 'error',
  comment: `${name} comes in through ${files.join(', ')} only. Ask that file for what you need.`,
  from: { path: '^packages/[^/]+/src/', pathNot: files.map((file) => `^packages/${file}`) },
  to: { path: library },
});

module.exports = {
  forbidden: [
    ...stair,
    ...packages,
    door('tsyringe', 'node_modules/tsyringe/', [
      'core/src/di/app-container\\.ts$',
      'core/src/di/tsyringe-records\\.ts$',
    ]),
    door('reflect-metadata', 'node_modules/reflect-metadata/', [
      'core/src/metadata/design-types\\.ts$',
      'core/src/di/app-container\\.ts$',
      'core/src/di/tsyringe-records\\.ts$',
      'core/src/schema/',
    ]),
    door('class-validator', 'node_modules/class-(validator|transformer)/', [
      'core/src/schema/',
      'core/src/mcp/exposed\\.ts$',
    ]),
    door('ajv', 'node_modules/ajv/', ['core/src/schema/ajv\\.ts$']),
    door('pino', 'node_modules/pino/', ['core/src/telemetry/pino-logger\\.ts$']),
    door('the official SDK', 'node_modules/@modelcontextprotocol/', [
      'core/src/mcp/types\\.ts$',
      'core/src/transports/sdk-bridge\\.ts$',
      'testing/src/',
    ]),
    door('fastify', 'node_modules/fastify/', ['http/src/hosts/', 'http/src/http-transport\\.ts$']),
    door('ioredis', 'node_modules/ioredis/', ['storage/src/redis/']),
    door('the file system', '^(node:)?fs(/promises)?$', [
      'core/src/mcp/(icon|path-guard|read-bounded)\\.ts$',
      'core/src/records/ready-made\\.ts$',
      'core/src/config/env-file\\.ts$',
      'core/src/server/app-package\\.ts$',
      'core/src/contract/contract-file\\.ts$',
      'storage/src/disk/',
    ]),
    {
      name: 'rules-know-no-host',
      severity: 'error',
      comment:
        'The rules of HTTP go from a plain request to a plain answer, so that another host can be one more file.',
      from: { path: '^packages/http/src/rules/' },
      to: { path: ['^packages/http/src/hosts/', '^(node:)?https?$', 'node_modules/fastify/'] },
    },
    {
      name: 'no-circle',
      severity: 'error',
      comment: 'Files that need each other are one file, or three.',
      from: {},
      to: { circular: true },
    },
    {
      name: 'nobody-enters-by-the-face',
      severity: 'error',
      comment: 'index.ts is for users. Inside a package, import the file itself.',
      from: { path: '^packages/([^/]+)/src/.+' },
      to: { path: '^packages/$1/src/(index|middleware)\\.ts$' },
    },
    {
      name: 'source-knows-no-test',
      severity: 'error',
      comment: 'What ships never imports what tests it or shows it.',
      from: { path: '^packages/[^/]+/src/' },
      to: { path: '(^|/)(test|examples|bench)/' },
    },
    {
      name: 'no-orphan',
      severity: 'error',
      comment: 'Nothing reaches this file. Use it, export it, or remove it.',
      from: { orphan: true, path: '^packages/[^/]+/src/', pathNot: Object.keys(PACKAGES).map(entriesOf) },
      to: {},
    },
  ],
  options: {
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.base.json' },
    doNotFollow: { path: 'node_modules' },
    exclude: { path: ['/dist/', '^packages/[^/]+/test/'] },
    enhancedResolveOptions: {
      conditionNames: ['@tenon/source', 'types', 'import', 'default'],
      exportsFields: ['exports'],
    },
  },
};

import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** The dependencies that are ES modules, which Jest has to be told of one by one. */
function moduleDependencies(folder) {
  const names = readdirSync(folder)
    .filter((name) => !name.startsWith('.'))
    .flatMap((name) =>
      name.startsWith('@') ? readdirSync(join(folder, name)).map((each) => `${name}/${each}`) : [name],
    );
  return names.flatMap((name) => [
    ...(isModule(join(folder, name)) ? [name] : []),
    ...nested(join(folder, name)),
  ]);
}

function nested(folder) {
  try {
    return moduleDependencies(join(folder, 'node_modules'));
  } catch {
    return [];
  }
}

function isModule(folder) {
  try {
    return JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')).type === 'module';
  } catch {
    return false;
  }
}

const modules = [...new Set(moduleDependencies(join(import.meta.dirname, 'node_modules')))];
const escaped = modules.map((name) => name.replace(/[/.+]/g, '\\$&')).join('|');

const swc = {
  swcrc: false,
  sourceMaps: 'inline',
  jsc: {
    target: 'es2022',
    keepClassNames: true,
    // Names and descriptions are read from comments.
    preserveAllComments: true,
    parser: { syntax: 'typescript', decorators: true },
    transform: { legacyDecorator: true, decoratorMetadata: true, useDefineForClassFields: true },
    // Instruments the TypeScript itself, so that what decorators compile to does not count as uncovered.
    experimental: {
      plugins: process.env.COVERAGE
        ? [['swc-plugin-coverage-instrument', { unstableExclude: ['**/test/**'] }]]
        : [],
    },
  },
  module: { type: 'commonjs' },
};

const bySwc = {
  '\\.[cm]?ts$': ['@swc/jest', swc],
  '/node_modules/.+\\.m?js$': '<rootDir>/tools/jest-esm-dep.cjs',
};

const project = {
  testEnvironment: 'node',
  testEnvironmentOptions: { customExportConditions: ['@tenon/source', 'node', 'node-addons'] },
  resolver: '<rootDir>/tools/jest-resolver.cjs',
  transformIgnorePatterns: [`/node_modules/(?!(?:.*/node_modules/)?(?:${escaped})/)`],
  modulePathIgnorePatterns: ['<rootDir>/[^/]+/[^/]+/dist/'],
};

export default {
  testTimeout: 30_000,
  // Of tests in one file that run at once: the checks of examples, which start programs.
  maxConcurrency: 2,
  collectCoverageFrom: ['packages/*/src/**/*.ts'],
  projects: [
    {
      ...project,
      displayName: 'swc',
      globalSetup: '<rootDir>/tools/jest-build.mjs',
      testMatch: ['<rootDir>/packages/*/test/**/*.test.ts', '<rootDir>/test/**/*.test.ts'],
      transform: bySwc,
    },
    // What reads decorators and source texts, once more over what tsc makes of the same files.
    {
      ...project,
      displayName: 'tsc',
      globalSetup: '<rootDir>/tools/jest-build-suites.mjs',
      testMatch: [
        '<rootDir>/packages/core/test/{schema,text}/*.test.ts',
        '<rootDir>/packages/core/test/server/{coercion,compilers,json-schemas,mistakes-parameters,tools-arguments}.test.ts',
      ],
      // Jest's own compiler moves jest.mock() above the imports; tsc leaves it where it is.
      testPathIgnorePatterns: ['/schema/loading\\.test\\.ts$'],
      transform: { '/packages/core/test/.+\\.ts$': '<rootDir>/tools/jest-tsc.cjs', ...bySwc },
    },
  ],
};

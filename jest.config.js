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

export default {
  globalSetup: '<rootDir>/tools/jest-build.mjs',
  testEnvironment: 'node',
  testTimeout: 30_000,
  testEnvironmentOptions: { customExportConditions: ['@tenon/source', 'node', 'node-addons'] },
  testMatch: ['<rootDir>/packages/*/test/**/*.test.ts', '<rootDir>/test/**/*.test.ts'],
  resolver: '<rootDir>/tools/jest-resolver.cjs',
  transform: {
    '\\.[cm]?ts$': ['@swc/jest', swc],
    '/node_modules/.+\\.m?js$': '<rootDir>/tools/jest-esm-dep.cjs',
  },
  transformIgnorePatterns: [`/node_modules/(?!(?:.*/node_modules/)?(?:${escaped})/)`],
  collectCoverageFrom: ['packages/*/src/**/*.ts'],
  modulePathIgnorePatterns: ['<rootDir>/[^/]+/[^/]+/dist/'],
};

import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

// Node 20/22: Jest cannot require() an ES module. Packages marked "type": "module" go through tools/jest-esm-dep.cjs.
function moduleTypePackages(dir) {
  const out = [];
  for (const name of readdirSync(dir)) {
    if (name.startsWith('.')) continue;
    if (name.startsWith('@')) { for (const sub of readdirSync(join(dir, name))) visit(`${name}/${sub}`); } else visit(name);
  }
  return out;
  function visit(pkg) {
    try {
      if (JSON.parse(readFileSync(join(dir, pkg, 'package.json'), 'utf8')).type === 'module') out.push(pkg);
      out.push(...moduleTypePackages(join(dir, pkg, 'node_modules')));
    } catch { /* no package.json or no nested node_modules */ }
  }
}
const esm = [...new Set(moduleTypePackages(join(import.meta.dirname, 'node_modules')))].map((n) => n.replace(/[/.+]/g, '\\$&'));

const swc = {
  swcrc: false,
  sourceMaps: 'inline',
  jsc: {
    target: 'es2022',
    keepClassNames: true,
    preserveAllComments: true,
    parser: { syntax: 'typescript', decorators: true },
    transform: { legacyDecorator: true, decoratorMetadata: true, useDefineForClassFields: true },
    // instruments the TypeScript source itself: decorator helpers do not show up as uncovered branches
    experimental: { plugins: process.env.COVERAGE ? [['swc-plugin-coverage-instrument', { unstableExclude: ['**/test/**'] }]] : [] },
  },
  module: { type: 'commonjs' },
};

export default {
  testEnvironment: 'node',
  testEnvironmentOptions: { customExportConditions: ['@tenon/source', 'node', 'node-addons'] },
  testMatch: ['<rootDir>/packages/*/test/**/*.test.ts', '<rootDir>/test/**/*.test.ts'],
  resolver: '<rootDir>/tools/jest-resolver.cjs',
  transform: { '\\.[cm]?ts$': ['@swc/jest', swc], '/node_modules/.+\\.m?js$': '<rootDir>/tools/jest-esm-dep.cjs' },
  transformIgnorePatterns: [`/node_modules/(?!(?:.*/node_modules/)?(?:${esm.join('|')})/)`],
  collectCoverageFrom: ['packages/*/src/**/*.ts'],
  modulePathIgnorePatterns: ['<rootDir>/packages/[^/]+/dist/', '<rootDir>/examples/[^/]+/dist/'],
};

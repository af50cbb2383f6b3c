// Gives Jest what tsc has made of a test file, whose decorators it compiles differently from swc.
const { createHash } = require('node:crypto');
const { readFileSync } = require('node:fs');
const { join, relative } = require('node:path');

const ROOT = join(__dirname, '..');

function compiled(path) {
  const name = relative(ROOT, path).replace(/\.ts$/, '.js');
  return readFileSync(join(ROOT, 'node_modules/.cache/suites', name), 'utf8');
}

module.exports = {
  process: (_source, path) => ({ code: compiled(path) }),
  getCacheKey: (_source, path) => createHash('sha256').update(compiled(path)).digest('hex'),
};

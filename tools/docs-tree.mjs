// Draws the stair and the tree of captions into ARCHITECTURE.md: the import rules and the code say what stands there.
import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { captionOf } from './captions.mjs';
import { fail, keepGenerated, replaceBetween } from './keep-generated.mjs';

const PAPER = 'ARCHITECTURE.md';
const PACKAGES = ['core', 'http', 'storage', 'testing', 'tenon'];
const WIDEST = 90;
/** The column in which captions begin. */
const COLUMN = 34;

const { forbidden } = createRequire(import.meta.url)('../.dependency-cruiser.cjs');

/** The floor of each room of core, as the import rules have it. */
const floors = new Map(
  forbidden
    .filter(({ name }) => name.startsWith('stair/'))
    .map(({ name, comment }) => [name.slice('stair/'.length), Number(/floor (\d+)/.exec(comment)?.[1])]),
);

/** The rooms of core, the highest floor on top. */
function stair() {
  const highest = Math.max(...floors.values());
  const lines = Array.from({ length: highest }, (_, i) => highest - i).map((floor) => {
    const rooms = [...floors].filter(([, on]) => on === floor).map(([room]) => room);
    return `${String(floor).padStart(4)}  ${'  '.repeat(floor - 1)}${rooms.join(' · ')}`;
  });
  return ['```text', ...lines, '```'].join('\n');
}

/** Every folder of a package with its files, a caption each; core's rooms from the ground up. */
function tree(name) {
  const root = `packages/${name}/src`;
  const folders = [...new Set(sources(root).map((path) => path.slice(0, path.lastIndexOf('/'))))];
  folders.sort((a, b) => floorOf(a) - floorOf(b) || (a < b ? -1 : 1));
  const lines = folders.flatMap((folder) => {
    const room = folder.slice(root.length + 1);
    if (name === 'core' && room !== '' && !floors.has(room))
      fail(`${folder}/ stands on no floor of the stair`);
    const heading = room === '' ? [] : [`  ${room}/`.padEnd(COLUMN) + floorName(room)];
    const files = sources(root).filter((path) => path.slice(0, path.lastIndexOf('/')) === folder);
    return [...heading, ...files.map((path) => line(path, room === '' ? 2 : 4))];
  });
  return [`${root}/`, ...lines.map((each) => each.trimEnd())].join('\n');
}

function line(path, indent) {
  const name = path.slice(path.lastIndexOf('/') + 1);
  return `${' '.repeat(indent)}${name}`.padEnd(COLUMN) + (isFace(path) ? 'what users import' : caption(path));
}

function caption(path) {
  const found = captionOf(path) ?? '';
  if (found === '') fail(`${path}: its main export has no doc comment, and so no caption`);
  if (found.length > WIDEST)
    fail(`${path}: the caption has ${found.length} characters, ${WIDEST} are allowed: "${found}"`);
  return found;
}

/** A file behind an entry of its package. */
function isFace(path) {
  const [, name, ...file] = path.split('/');
  return entriesOf(name).includes(`./${file.join('/')}`);
}

function entriesOf(name) {
  const { exports } = JSON.parse(readFileSync(`packages/${name}/package.json`, 'utf8'));
  return Object.values(exports).map((target) => target['@tenon/source']);
}

function floorOf(folder) {
  return floors.get(folder.split('/src/')[1]) ?? 0;
}

function floorName(room) {
  return floors.has(room) ? `── floor ${floors.get(room)}` : '';
}

function sources(folder) {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith('.ts'))
    .map((entry) => `${entry.parentPath}/${entry.name}`)
    .sort();
}

const trees = ['```text', PACKAGES.map(tree).join('\n\n'), '```'].join('\n');
const paper = replaceBetween(readFileSync(PAPER, 'utf8'), 'stair', stair());
keepGenerated(PAPER, replaceBetween(paper, 'tree', trees), 'docs:tree');

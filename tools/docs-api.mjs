// Writes the public surface of each package into its api.txt: every name a user can import, and what it is.
// Refuses a name without a doc comment.
import { readFileSync } from 'node:fs';
import ts from 'typescript';
import { fail, keepGenerated } from './keep-generated.mjs';

const PACKAGES = ['core', 'http', 'storage', 'testing', 'tenon'];
const SOURCE = '@tenon/source';

const entries = PACKAGES.flatMap((folder) => {
  const { name, exports } = JSON.parse(readFileSync(`packages/${folder}/package.json`, 'utf8'));
  return Object.entries(exports)
    .filter(([, target]) => target[SOURCE])
    .map(([subpath, target]) => ({
      folder,
      specifier: name + subpath.slice(1),
      path: `packages/${folder}/${target[SOURCE].slice(2)}`,
    }));
});

const { options } = ts.parseJsonConfigFileContent(
  ts.readConfigFile('tsconfig.base.json', ts.sys.readFile).config,
  ts.sys,
  '.',
);
const program = ts.createProgram(
  entries.map(({ path }) => path),
  { ...options, noEmit: true, composite: false },
);
const checker = program.getTypeChecker();

/** The exports of one entry, by name. */
function exportsOf(path) {
  const module = checker.getSymbolAtLocation(program.getSourceFile(path));
  return (module ? checker.getExportsOfModule(module) : []).map((symbol) => ({
    name: symbol.name,
    symbol: symbol.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : symbol,
  }));
}

function kindOf({ flags, valueDeclaration }) {
  if (flags & ts.SymbolFlags.Class)
    return ts.getCombinedModifierFlags(valueDeclaration) & ts.ModifierFlags.Abstract
      ? 'abstract class'
      : 'class';
  if (flags & ts.SymbolFlags.Function) return 'function';
  if (flags & ts.SymbolFlags.Variable) return 'const';
  return flags & ts.SymbolFlags.Interface ? 'interface' : 'type';
}

/** What comes from a dependency is documented there. */
function isDocumented(symbol) {
  const own = symbol.declarations?.some(
    ({ parent }) => !parent.getSourceFile().fileName.includes('node_modules'),
  );
  return (
    !own || symbol.getDocumentationComment(checker).length > 0 || symbol.getJsDocTags(checker).length > 0
  );
}

function section({ specifier, path }) {
  const found = exportsOf(path).sort((a, b) => (a.name < b.name ? -1 : 1));
  for (const { name, symbol } of found)
    if (!isDocumented(symbol)) fail(`${specifier}: ${name} has no doc comment`);
  return [specifier, ...found.map(({ name, symbol }) => `  ${name} (${kindOf(symbol)})`)].join('\n');
}

for (const folder of PACKAGES) {
  const sections = entries.filter((entry) => entry.folder === folder).map(section);
  keepGenerated(`packages/${folder}/api.txt`, `${sections.join('\n\n')}\n`, 'docs:api');
}

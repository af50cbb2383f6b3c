import { ModuleProviders } from '../di/module-providers.js';
import type { Mistakes } from '../errors/mistakes.js';
import { registry, type Constructor } from '../metadata/registry.js';
import { ADDED_LISTS, MODULE, type DynamicModule, type ModuleOptions } from '../records/module-record.js';
import { checkModule } from './check-module.js';
import { checkOptions } from './check-options.js';
import { notAModule } from './not-a-module.js';
import { DYNAMIC_SHAPES, MODULE_SHAPES } from './option-shapes.js';

/** One module of the tree. */
export interface ModuleNode {
  readonly cls: Constructor;
  /** The class itself, or the object that stands for it with more options. */
  readonly given: Constructor | DynamicModule;
  /** What its decorator says, behind what was added where it is imported. */
  readonly options: ModuleOptions;
  readonly imports: ModuleNode[];
  /** Its place in the graph of providers; what is in there comes later. */
  readonly providers: ModuleProviders;
}

/** The modules of a server: the root first, then what each imports, every one once. */
export function moduleGraph(root: Constructor | DynamicModule, mistakes: Mistakes): readonly ModuleNode[] {
  const nodes = new Map<Constructor | DynamicModule, ModuleNode>();
  const visit = (given: Constructor | DynamicModule, by?: ModuleNode): ModuleNode | undefined => {
    const known = nodes.get(given);
    if (known) return known;
    const again = [...nodes.values()].filter((each) => each.cls === moduleClass(given)).length;
    const node = readModule(given, again, mistakes);
    if (!node) {
      mistakes.add('ERR_MODULE_NOT_A_MODULE', notAModule(given, by?.providers.name));
      return undefined;
    }
    nodes.set(given, node);
    for (const each of node.options.imports ?? []) {
      const imported = visit(each, node);
      if (!imported) continue;
      node.imports.push(imported);
      node.providers.imports.push(imported.providers);
    }
    return node;
  };
  visit(root);
  return [...nodes.values()];
}

/** The class behind what an author gives as a module. */
export function moduleClass(given: Constructor | DynamicModule): Constructor {
  return typeof given === 'object' && given !== null ? given.module : given;
}

function readModule(
  given: Constructor | DynamicModule,
  again: number,
  mistakes: Mistakes,
): ModuleNode | undefined {
  const cls = moduleClass(given);
  const written = typeof cls === 'function' ? registry.find(MODULE, cls) : undefined;
  if (!written) return undefined;
  const said = checkOptions(`@McpModule of ${cls.name}`, written, { shapes: MODULE_SHAPES, mistakes });
  const by = { shapes: DYNAMIC_SHAPES, mistakes };
  const all =
    typeof given === 'object'
      ? withAdded(said, checkOptions(`The dynamic module of ${cls.name}`, given, by))
      : said;
  const options = checkModule(cls.name, all, mistakes);
  const name = again === 0 ? cls.name : `${cls.name} (${again + 1})`;
  return { cls, given, options, imports: [], providers: new ModuleProviders(name, options.global) };
}

function withAdded(said: ModuleOptions, added: DynamicModule): ModuleOptions {
  const lists = ADDED_LISTS.map((name) => [name, [...(added[name] ?? []), ...(said[name] ?? [])]]);
  return {
    ...said,
    global: added.global ?? said.global ?? false,
    ...(Object.fromEntries(lists) as ModuleOptions),
  };
}

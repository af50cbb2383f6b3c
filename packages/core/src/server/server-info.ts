import type { Mistakes } from '../errors/mistakes.js';
import { resolveIcon } from '../mcp/icon.js';
import type { Implementation } from '../mcp/types.js';
import type { Constructor } from '../metadata/registry.js';
import type { ModuleOptions } from '../records/module-record.js';
import { appPackage } from './app-package.js';

/** Who a server says it is: by its module's options, else by the app's package.json. */
export function serverInfo(module: Constructor, root: ModuleOptions, mistakes: Mistakes): Implementation {
  const { name, version, websiteUrl } = root;
  const found = name !== undefined && version !== undefined ? {} : appPackage();
  const place = { where: `@McpModule of ${module.name}`, ...(websiteUrl !== undefined && { websiteUrl }) };
  const icons = (root.icons ?? []).flatMap((icon) => mistakes.attempt(() => resolveIcon(icon, place)) ?? []);
  return {
    name: name ?? found.name ?? module.name,
    version: version ?? found.version ?? '0.0.0',
    ...(websiteUrl !== undefined && { websiteUrl }),
    ...(icons.length > 0 && { icons }),
  };
}

import { realpath } from 'node:fs/promises';
import { resolve, sep } from 'node:path';

const AT_A_ROOT = /^(?:[\\/]|[a-z]:(?:[\\/]|$))/i;
const DRIVE = /^[a-z]:/i;
/** Names that Windows opens as devices, in any folder and with any ending. */
const DEVICE = /^(?:con|prn|aux|nul|clock\$|conin\$|conout\$|(?:com|lpt)[0-9¹²³])(?:[.: ].*)?$/i;
/** What there is no file behind. */
const ABSENT: ReadonlySet<unknown> = new Set(['ENOENT', 'ENOTDIR', 'ELOOP', 'ENAMETOOLONG', 'EINVAL']);

/**
 * Whether a value, put into a path, would lead out of its place: further up than it went down, to a root, or past a NUL.
 *
 * Both kinds of slash count on every system. `foo/../bar`, `HEAD~3..HEAD` and `.env` stay where they are.
 */
export function leavesItsPlace(value: string): boolean {
  if (value.includes('\0') || AT_A_ROOT.test(value)) return true;
  let depth = 0;
  for (const step of value.split(/[\\/]/)) {
    // Windows drops spaces at the end of a name.
    if (step.trimEnd() === '..') depth--;
    else if (step !== '' && step !== '.') depth++;
    if (depth < 0) return true;
  }
  return false;
}

/**
 * The real path of what stands inside a folder; undefined if nothing stands there, or if the way to it leads out.
 *
 * Links inside the folder are followed, links out of it are not. Open what is returned, not what was asked for: it has
 * no links left. Throws if the folder itself cannot be found.
 */
export async function insideFolder(root: string, relative: string): Promise<string | undefined> {
  if (leavesItsPlace(relative) || DRIVE.test(relative)) return undefined;
  if (relative.split(/[\\/]/).some((step) => DEVICE.test(step))) return undefined;
  const folder = await realpath(root);
  const target = await realOrAbsent(resolve(folder, relative));
  if (target === undefined || target === folder) return target;
  return target.startsWith(folder.endsWith(sep) ? folder : folder + sep) ? target : undefined;
}

async function realOrAbsent(path: string): Promise<string | undefined> {
  try {
    return await realpath(path);
  } catch (error) {
    if (ABSENT.has((error as NodeJS.ErrnoException).code)) return undefined;
    throw error;
  }
}

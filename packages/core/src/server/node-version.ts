import { FrameworkError } from '../errors/framework-error.js';

/** The oldest Node.js this package runs on, as its package.json says too. */
const OLDEST = '20.20.0';

/** Refuses a Node.js that is too old, before something it does not know is met. */
export function checkNodeVersion(): void {
  const { node } = process.versions;
  if (compare(node, OLDEST) < 0)
    throw new FrameworkError('ERR_NODE_VERSION', { found: node, oldest: OLDEST });
}

function compare(a: string, b: string): number {
  const [left = [], right = []] = [a, b].map((version) =>
    version.split('.').map((part) => parseInt(part, 10)),
  );
  const differs = left.findIndex((part, index) => part !== right[index]);
  return differs === -1 ? 0 : (left[differs] ?? 0) - (right[differs] ?? 0);
}

import { FrameworkError } from '../errors/framework-error.js';
import { stdio } from '../transports/stdio.js';
import type { Transport } from '../transports/transport.js';
import type { RunOptions } from './run-options.js';

/** What the package that serves HTTP exports, as far as this one needs it. */
interface HttpPackage {
  http(options: Omit<RunOptions, 'transport'>): Transport;
}

// In a variable, because the package is the user's to install: a server over stdio never loads it.
const HTTP_PACKAGE: string = '@tenon/http';

/** The transport of a name on the command line. */
export async function transportByName(options: RunOptions): Promise<Transport> {
  const { transport: name = 'stdio', ...rest } = options;
  if (name === 'stdio') return stdio();
  if (name !== 'http' && name !== 'streamable-http')
    throw new FrameworkError('ERR_SERVE_TRANSPORT', { name, install: '' });
  try {
    return ((await import(HTTP_PACKAGE)) as HttpPackage).http(rest);
  } catch (error) {
    if ((error as { code?: unknown }).code !== 'ERR_MODULE_NOT_FOUND') throw error;
    throw new FrameworkError(
      'ERR_SERVE_TRANSPORT',
      { name, install: ` (npm install ${HTTP_PACKAGE})` },
      { cause: error },
    );
  }
}

import { readFileSync } from 'node:fs';
import { parseEnv } from 'node:util';
import { FrameworkError } from '../errors/framework-error.js';

/** The variables of a file in the manner of `.env`; none if there is no such file. */
export function readEnvFile(file: string, owner: string): Readonly<Record<string, string | undefined>> {
  try {
    return parseEnv(readFileSync(file, 'utf8'));
  } catch (error) {
    if ((error as { code?: unknown }).code === 'ENOENT') return {};
    const reason = error instanceof Error ? error.message : String(error);
    throw new FrameworkError('ERR_CONFIG_FILE', { file, owner, reason }, { cause: error });
  }
}

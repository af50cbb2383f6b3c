import { execFile, type ExecFileOptions } from 'node:child_process';

/** How a command ended. */
export interface CommandResult {
  /** Exit code; undefined if it could not be started or was killed. */
  readonly code: number | undefined;
  /** What it wrote, standard output first. */
  readonly output: string;
}

/** Runs a command to its end; a failing one resolves too, since only the caller knows what that means. */
export function runCommand(
  command: string,
  args: readonly string[],
  options: ExecFileOptions,
): Promise<CommandResult> {
  return new Promise((resolve) => {
    execFile(
      command,
      [...args],
      { ...options, encoding: 'utf8', maxBuffer: 2 ** 26 },
      (error, stdout, stderr) => {
        const code = error === null ? 0 : typeof error.code === 'number' ? error.code : undefined;
        resolve({ code, output: stdout + stderr + (code === undefined ? `\n${error?.message ?? ''}` : '') });
      },
    );
  });
}

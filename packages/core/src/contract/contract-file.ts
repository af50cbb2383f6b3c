import { readFile, writeFile } from 'node:fs/promises';
import { FrameworkError } from '../errors/framework-error.js';
import { contractDiff } from './contract-diff.js';
import { canonical, contractText, type Contract } from './contract.js';

/** What a contract is of, and how it is drawn. */
interface Drawn {
  /** The module of the server, for error texts. */
  readonly module: string;
  draw(): Contract;
}

/** The file that says what clients see of a server, committed beside its code; without a path there is none. */
export class ContractFile {
  readonly #path: string | undefined;
  readonly #of: Drawn;

  constructor(path: string | undefined, of: Drawn) {
    this.#path = path;
    this.#of = of;
  }

  /**
   * Compares what clients would see with what the file says.
   *
   * @throws {FrameworkError} ERR_CONTRACT_DIFFERS with each difference, ERR_CONTRACT_FILE where there is nothing to compare with.
   */
  async check(): Promise<void> {
    const path = this.#path;
    if (path === undefined) return;
    const diff = contractDiff(await readContract(path), this.#of.draw());
    if (diff.length === 0) return;
    throw new FrameworkError('ERR_CONTRACT_DIFFERS', {
      path,
      diff: diff.map((line) => `  ${line}`).join('\n'),
    });
  }

  /**
   * Writes what clients would see; returns the path of the file.
   *
   * @throws {FrameworkError} ERR_CONTRACT_UNNAMED
   */
  async write(): Promise<string> {
    const { module, draw } = this.#of;
    if (this.#path === undefined) throw new FrameworkError('ERR_CONTRACT_UNNAMED', { module });
    await writeFile(this.#path, contractText(draw()));
    return this.#path;
  }
}

async function readContract(path: string): Promise<unknown> {
  try {
    return canonical(JSON.parse(await readFile(path, 'utf8')));
  } catch (cause) {
    const absent = (cause as { code?: unknown }).code === 'ENOENT';
    const problem = absent ? 'is not there' : `cannot be read: ${(cause as Error).message}`;
    throw new FrameworkError('ERR_CONTRACT_FILE', { path, problem }, absent ? {} : { cause });
  }
}

import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ContractFile } from '../contract/contract-file.js';
import { contractOf } from '../contract/contract.js';
import { capabilitiesOf, type LifecycleHost } from '../protocol/methods/lifecycle.js';
import { appFolder } from './app-package.js';

/** The contract of a server: what an anonymous caller sees of it, and the file that says so. */
export function appContract(
  file: string | URL | undefined,
  module: string,
  host: LifecycleHost,
): ContractFile {
  const path = typeof file === 'string' ? resolve(appFolder(), file) : file && fileURLToPath(file);
  const { info, instructions, catalog } = host;
  const capabilities = capabilitiesOf(host, true);
  return new ContractFile(path, {
    module,
    draw: () => contractOf({ info, instructions, capabilities, view: catalog.view(undefined, undefined) }),
  });
}

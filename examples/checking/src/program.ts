/** How a server is started to be checked. */
export interface ProgramOptions {
  /** Words on its command line, before the flags of the transport. */
  readonly args?: readonly string[];
  /** Variables of its environment, besides those of this process; undefined takes one away. */
  readonly env?: Readonly<Record<string, string | undefined>>;
}

/** The environment of a server that is started. */
export function environmentOf({ env }: ProgramOptions): Record<string, string> {
  const all = Object.entries({ ...process.env, ...env });
  return Object.fromEntries(all.filter((each): each is [string, string] => each[1] !== undefined));
}

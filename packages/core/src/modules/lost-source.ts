/** What a build can take from a parameter. */
export type Loss = 'name' | 'type' | 'default';

/** A parameter that a build has taken something from, and the decorator that says it again. */
export interface LostSource {
  readonly from: 'lost';
  readonly lost: readonly Loss[];
  readonly write: string;
}

/** @Arg as it has to be written where something of a parameter is lost. */
export function writeArg(name: string, lost: readonly Loss[]): string {
  const options = [
    ...(lost.includes('type') ? ["type: 'string'"] : []),
    ...(lost.includes('default') ? ['optional: true'] : []),
  ];
  return options.length === 0 ? `@Arg('${name}')` : `@Arg('${name}', { ${options.join(', ')} })`;
}

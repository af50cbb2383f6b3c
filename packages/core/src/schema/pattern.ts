/** Flags that leave what a pattern accepts as it is, with and without `u`. */
const HARMLESS_FLAGS = /^[dgu]*$/;
/** What may stand for half of a character beyond the basic plane: without `u` such a character counts as two. */
const WIDE = /\.|\[\^|\\[SWDB]|\\u[dD][89a-fA-F]|[\ud800-\udfff]|\(\?<?!/;
/** What means something else without `u` than with it. */
const AMBIGUOUS = /\\(u\{|[pP])/;

/** A pattern as JSON Schema has it: with the flag `u`, and no other that changes what it accepts. */
export interface PlainPattern {
  readonly source: string;
  /** The same, for texts that hold characters which count differently; undefined where they do not matter. */
  readonly strict: RegExp | undefined;
}

/**
 * The pattern of a `@Matches` as JSON Schema can say it; undefined where it cannot.
 *
 * @see https://json-schema.org/draft/2020-12/json-schema-core#section-6.4
 */
export function plainPattern(pattern: unknown, flags: unknown): PlainPattern | undefined {
  const isPattern = Object.prototype.toString.call(pattern) === '[object RegExp]';
  const written = isPattern
    ? (pattern as RegExp)
    : toPattern(String(pattern), typeof flags === 'string' ? flags : '');
  if (!written || !HARMLESS_FLAGS.test(written.flags)) return undefined;
  if (!written.unicode && AMBIGUOUS.test(written.source)) return undefined;
  const strict = toPattern(written.source, 'u');
  return (
    strict && {
      source: written.source,
      strict: written.unicode || !WIDE.test(written.source) ? undefined : strict,
    }
  );
}

function toPattern(source: string, flags: string): RegExp | undefined {
  try {
    return new RegExp(source, flags);
  } catch {
    return undefined;
  }
}

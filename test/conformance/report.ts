import type { Check, Verdict } from './count.js';
import type { Era } from './era.js';
import type { Comparison } from './floor.js';

/** One era of a run, judged. */
export interface EraResult {
  readonly era: Era;
  /** Names that make up the score. */
  readonly scored: readonly string[];
  /** Of every scenario that ran, scored or not. */
  readonly verdicts: readonly Verdict[];
  readonly records: ReadonlyMap<string, readonly Check[]>;
  readonly comparison: Comparison;
}

/** An era as lines for the terminal: the score, what did not pass and why, and what the floor says to it. */
export function toLines(
  { era, scored, verdicts, records, comparison }: EraResult,
  verbose: boolean,
): readonly string[] {
  const inScore = verdicts.filter((verdict) => scored.includes(verdict.name));
  const beside = verdicts.filter((verdict) => !scored.includes(verdict.name) && verdict.passed);
  const { below, above } = comparison;
  return [
    `${era}: ${inScore.filter((verdict) => verdict.passed).length} of ${scored.length} passed`,
    ...verdicts
      .filter((each) => !each.passed && (scored.includes(each.name) || below.includes(each.name)))
      .flatMap(failureLines),
    ...(verbose ? [...records].flatMap(([name, checks]) => checkLines(name, checks)) : []),
    ...named(
      `${era}: passed without being scored`,
      beside.map((verdict) => verdict.name),
    ),
    ...named(`${era}: passed and not in the floor yet`, above),
    ...named(`${era}: BELOW THE FLOOR`, below),
  ];
}

function failureLines({ name, reasons }: Verdict): readonly string[] {
  return [`  not passed: ${name}`, ...reasons.map((reason) => `      ${reason}`)];
}

function checkLines(name: string, checks: readonly Check[]): readonly string[] {
  return [`  ${name}`, ...checks.map((check) => `      ${check.status.padEnd(8)}${check.id}`)];
}

function named(title: string, names: readonly string[]): readonly string[] {
  return names.length === 0 ? [] : [`${title}: ${names.join(', ')}`];
}

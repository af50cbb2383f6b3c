import type { Check, Verdict } from './count.js';
import type { Comparison } from './floor.js';
import type { Transport } from './options.js';
import type { ScenarioSet } from './scenario-set.js';

/** One set of scenarios, run over one transport and judged. */
export interface SetResult {
  readonly transport: Transport;
  readonly set: ScenarioSet;
  /** Names that make up the score. */
  readonly scored: readonly string[];
  /** Of every scenario that ran, scored or not. */
  readonly verdicts: readonly Verdict[];
  readonly records: ReadonlyMap<string, readonly Check[]>;
  readonly comparison: Comparison;
}

/** A set as lines for the terminal: the score, what did not pass and why, and what the floor says to it. */
export function toLines(
  { transport, set, scored, verdicts, records, comparison }: SetResult,
  verbose: boolean,
): readonly string[] {
  const place = `${transport}, ${set}`;
  const inScore = verdicts.filter((verdict) => scored.includes(verdict.name));
  const beside = verdicts.filter((verdict) => !scored.includes(verdict.name) && verdict.passed);
  const { below, above } = comparison;
  return [
    `${place}: ${inScore.filter((verdict) => verdict.passed).length} of ${scored.length} passed`,
    ...verdicts
      .filter((each) => !each.passed && (scored.includes(each.name) || below.includes(each.name)))
      .flatMap(failureLines),
    ...(verbose ? [...records].flatMap(([name, checks]) => checkLines(name, checks)) : []),
    ...named(
      `${place}: passed without being scored`,
      beside.map((verdict) => verdict.name),
    ),
    ...named(`${place}: passed and not in the floor yet`, above),
    ...named(`${place}: BELOW THE FLOOR`, below),
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

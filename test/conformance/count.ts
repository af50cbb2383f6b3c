/** One check as the suite writes it into `checks.json`. */
export interface Check {
  readonly id: string;
  /** SUCCESS, FAILURE, WARNING, SKIPPED or INFO. */
  readonly status: string;
  readonly errorMessage?: string;
}

/** What became of one scenario. */
export interface Verdict {
  readonly name: string;
  readonly passed: boolean;
  /** Why it did not pass, a sentence a check; empty where it passed. */
  readonly reasons: readonly string[];
}

/**
 * Judges a scenario by its checks: passed only with no FAILURE and at least one SUCCESS of its own.
 *
 * The suite's own tick says less: it validates the message it sent itself and counts that as a success, so that scenarios with
 * nothing but a warning, or with no check at all, look passed against a server that does not answer. A scenario that threw
 * leaves no checks, here `undefined`.
 */
export function judge(name: string, checks: readonly Check[] | undefined): Verdict {
  if (checks === undefined)
    return { name, passed: false, reasons: ['wrote no checks: it was not run, or threw'] };
  const failures = checks.filter((check) => check.status === 'FAILURE');
  if (failures.length > 0) return { name, passed: false, reasons: failures.map(toReason) };
  if (checks.some((check) => check.status === 'SUCCESS' && !isAboutTheWire(check)))
    return { name, passed: true, reasons: [] };
  const rest = checks.filter((check) => !isAboutTheWire(check) && check.status !== 'INFO');
  return { name, passed: false, reasons: ['no check of its own succeeded', ...rest.map(toReason)] };
}

/**
 * Scenarios that a refusal passes, each with one that passes only where the feature exists.
 *
 * An unknown method is "no empty contents", an unknown tool is "an error for bad input", and who never asks never asks in the
 * wrong place: without the other one they say nothing.
 */
const SHOWN_BY: ReadonlyMap<string, string> = new Map([
  ['sep-2164-resource-not-found', 'resources-read-text'],
  ['input-required-result-unsupported-methods', 'input-required-result-basic-elicitation'],
  ['input-required-result-validate-input', 'input-required-result-basic-elicitation'],
]);

/** Judges the scenarios of a run; what a refusal passes counts only beside what shows the feature. */
export function judgeAll(
  names: Iterable<string>,
  records: ReadonlyMap<string, readonly Check[]>,
): readonly Verdict[] {
  const verdicts = [...names].map((name) => judge(name, records.get(name)));
  const passing = new Set(verdicts.filter(({ passed }) => passed).map(({ name }) => name));
  return verdicts.map((verdict) => {
    const shownBy = SHOWN_BY.get(verdict.name);
    if (!verdict.passed || shownBy === undefined || passing.has(shownBy)) return verdict;
    return { ...verdict, passed: false, reasons: [`a refusal passes it: counts once ${shownBy} passes`] };
  });
}

/** The suite adds these to every scenario, whatever the scenario is about. */
function isAboutTheWire(check: Check): boolean {
  return check.id.startsWith('wire-schema-');
}

function toReason({ id, status, errorMessage }: Check): string {
  const message = (errorMessage ?? '').replace(/\s+/g, ' ').trim().slice(0, 240);
  const mark = status === 'FAILURE' ? '' : ` (${status.toLowerCase()})`;
  return message === '' ? `${id}${mark}` : `${id}${mark}: ${message}`;
}

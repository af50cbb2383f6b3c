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

/** The suite adds these to every scenario, whatever the scenario is about. */
function isAboutTheWire(check: Check): boolean {
  return check.id.startsWith('wire-schema-');
}

function toReason({ id, status, errorMessage }: Check): string {
  const message = (errorMessage ?? '').replace(/\s+/g, ' ').trim().slice(0, 240);
  const mark = status === 'FAILURE' ? '' : ` (${status.toLowerCase()})`;
  return message === '' ? `${id}${mark}` : `${id}${mark}: ${message}`;
}

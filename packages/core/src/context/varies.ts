/** What an answer may depend on besides who gives it: nothing, who calls, the session, or anything in the call. */
export type Varies = 'never' | 'principal' | 'session' | 'call';

const ORDER: readonly Varies[] = ['never', 'principal', 'session', 'call'];

/** What several answers together depend on: as much as the one that depends on most. */
export function mostVarying(all: readonly Varies[]): Varies {
  return all.reduce((most, each) => (ORDER.indexOf(each) > ORDER.indexOf(most) ? each : most), 'never');
}

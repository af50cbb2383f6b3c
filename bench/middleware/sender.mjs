import { Exchange, MODERN_VERSIONS } from 'tenon';

/** A sender in the same process, which wants nothing but the answer. */
export class Sender extends Exchange {
  era = 'modern';
  version = MODERN_VERSIONS[0];
  peer = { info: undefined, capabilities: {} };
  principal = undefined;
  session = undefined;
  http = undefined;
  logLevel = undefined;
  notify() {}
}

import { Inject, Tool, UseMiddleware } from 'tenon';
import type { RateLimit } from 'tenon/middleware';
import { exposures, requests } from './limits.js';

const STARS = new Map([
  ['Vega', { rightAscension: 18.62, declination: 38.78 }],
  ['Altair', { rightAscension: 19.85, declination: 8.87 }],
]);

/** Its name is what error handling goes by. */
class NotFoundError extends Error {
  override readonly name = 'NotFoundError';
}

export class TelescopeTools {
  constructor(@Inject(requests.token) private readonly limit: RateLimit) {}

  /** Where a star stands. */
  @Tool({ annotations: { readOnlyHint: true } })
  position(star: string) {
    const position = STARS.get(star);
    if (!position) throw new NotFoundError(`No star ${star} in plate index 7`);
    return position;
  }

  /** Exposes a plate. */
  @UseMiddleware(exposures)
  @Tool({ tags: ['exposure'] })
  expose(star: string): string {
    return `A plate of ${star}, exposed for 40 minutes`;
  }

  /** How much the telescope is asked for. */
  @Tool()
  demand() {
    return this.limit.statistics();
  }
}

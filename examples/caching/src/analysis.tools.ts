import { Cache, Context, Injectable, NoCache, ReadOnly, Tool } from 'tenon';
import { Analyses } from './analyses.js';

/** Tools whose answers are kept, and tools whose answers are not. */
@Injectable()
export class AnalysisTools {
  constructor(private readonly analyses: Analyses) {}

  /** An expensive computation. It changes nothing, so its answers are kept without a further word. */
  @ReadOnly()
  @Tool()
  expensiveComputation(data: string) {
    return this.analyses.run(data);
  }

  /** Orders an analysis. It is not read-only: to keep its answers is asked for. */
  @Cache({ ttlSeconds: 60 })
  @Tool()
  orderAnalysis(data: string) {
    return this.analyses.run(data);
  }

  /** Draws a sample, another one each time. */
  @NoCache()
  @ReadOnly()
  @Tool()
  drawSample() {
    return this.analyses.run('sample');
  }

  /** Analyses for the one who asks: what has read the session is never kept for another. */
  @ReadOnly()
  @Tool()
  async ownAnalysis(ctx: Context) {
    return this.analyses.run((await ctx.getState('data')) ?? 'nothing');
  }

  /** Remembers what ownAnalysis is about. */
  @Tool()
  async remember(data: string, ctx: Context) {
    await ctx.setState('data', data);
    return `${data} it is`;
  }

  /** Everything there is to say, which is more than fits. */
  @ReadOnly()
  @Tool()
  log() {
    return 'Nothing has happened. '.repeat(1000);
  }
}

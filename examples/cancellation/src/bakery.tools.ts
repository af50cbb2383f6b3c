import { Context, Injectable, Tool } from 'tenon';
import { Oven } from './oven.js';

/** Longer than anybody waits in a check. */
const AN_HOUR = 3_600_000;

@Injectable()
export class BakeryTools {
  constructor(private readonly oven: Oven) {}

  /** Bakes a bread, which takes an hour; a client that has changed its mind may cancel. */
  @Tool()
  async bake(bread: string, ctx: Context): Promise<string> {
    await this.oven.bake(bread, AN_HOUR, ctx.signal);
    return `${bread} is ready`;
  }

  /** Bakes a bread, but gives up soon: a limit of the tool's own, through the same signal. */
  @Tool({ timeoutMs: 50 })
  async bakeQuickly(bread: string, ctx: Context): Promise<string> {
    await this.oven.bake(bread, AN_HOUR, ctx.signal);
    return `${bread} is ready`;
  }

  /** What goes on in the oven. */
  @Tool()
  lookInside(): string {
    return this.oven.state;
  }
}

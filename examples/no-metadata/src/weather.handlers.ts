import { Arg, Complete, Context, Ctx, Inject, Injectable, Prompt, Resource, Tool, ToolError } from 'tenon';
import { Reading } from './reading.js';
import { Stations } from './stations.js';

/** What the compiler leaves out is said in words: types of parameters, and what a comment would have described. */
@Injectable()
export class WeatherHandlers {
  constructor(@Inject(Stations) private readonly stations: Stations) {}

  @Tool({ description: 'How warm it is at a station.', output: Reading })
  async temperature(
    @Arg('station', { type: 'string', description: 'The name of the station.' }) station: string,
    @Arg('fahrenheit', { type: 'boolean', optional: true }) fahrenheit: boolean | undefined,
    @Ctx() ctx: Context,
  ): Promise<Reading> {
    const celsius = this.stations.temperature(station);
    if (celsius === undefined) throw new ToolError(`There is no station ${station}`);
    await ctx.reportProgress(1, 1, 'measured');
    return fahrenheit ? { degrees: celsius * 1.8 + 32, unit: 'F' } : { degrees: celsius, unit: 'C' };
  }

  @Resource('weather://{station}', { description: 'The weather at a station.' })
  weather(@Arg('station', { type: 'string' }) station: string) {
    return { station, celsius: this.stations.temperature(station) ?? null };
  }

  @Prompt({ description: 'Asks what to wear.' })
  clothes(@Arg('station', { type: 'string' }) station: string): string {
    return `What should I wear at ${station} today?`;
  }

  @Complete('clothes', 'station')
  stationNames(@Arg('station', { type: 'string' }) station: string): readonly string[] {
    return this.stations.names().filter((name) => name.startsWith(station));
  }
}

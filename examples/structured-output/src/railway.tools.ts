import { Tool, ToolResult } from 'tenon';
import { z } from 'zod';
import { Connection } from './connection.js';

const Delays = z.array(z.object({ train: z.string(), minutes: z.number().int() }));

export class RailwayTools {
  /** Finds a connection: the result is an object of a class. */
  @Tool({ output: Connection })
  connection(from: string, to: string): Connection {
    const legs = [
      { train: 'IC 8', from, to: 'Bern' },
      { train: 'RE 12', from: 'Bern', to },
    ];
    return { departs: '2026-08-01T08:02:00Z', minutes: 97, legs };
  }

  /** The trains that are late: a list, by a schema of zod. */
  @Tool({ output: Delays })
  delays(): z.infer<typeof Delays> {
    return [{ train: 'IC 8', minutes: 4 }];
  }

  /** What a journey costs: one text for the model, and the same as data for the program. */
  @Tool({ output: z.object({ francs: z.number(), halfFare: z.boolean() }) })
  fare(kilometres: number, halfFare = false): ToolResult {
    const francs = Math.ceil(kilometres * (halfFare ? 0.15 : 0.3));
    return new ToolResult({
      content: `It costs ${francs} francs${halfFare ? ' with a half-fare card' : ''}.`,
      structured: { francs, halfFare },
    });
  }

  /** Without a schema an object is structured as well; nothing says how, and nothing is checked. */
  @Tool()
  platform(train: string) {
    return { train, platform: train.length };
  }

  /** What JSON has no word for is sent as it has one: dates, big integers, maps, typed arrays. */
  @Tool()
  lastRun(train: string) {
    return {
      train,
      arrived: new Date('2026-08-01T09:39:00Z'),
      passengers: 1_204n,
      platforms: new Map([['Bern', 4]]),
      speeds: new Float64Array([0, 120.5, 160]),
    };
  }

  /** A list of numbers, by its schema. */
  @Tool({ output: z.array(z.number()) })
  speeds(): number[] {
    return Array.from(new Float64Array([0, 120.5, 160]));
  }

  /** What does not fit is not sent: the timetable of this train is broken. */
  @Tool({ output: Connection })
  nightTrain(): Connection {
    return { departs: 'late', minutes: 0, legs: [] };
  }
}

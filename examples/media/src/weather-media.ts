import { fileURLToPath } from 'node:url';
import { Args, audio, file, image, Message, Prompt, resourceLink, Tool, type ContentBlock } from 'tenon';
import { barChart } from './bar-chart.js';
import { Days } from './days.js';
import { tone } from './tone.js';

const LEGEND = fileURLToPath(new URL('../assets/legend.txt', import.meta.url));

export class WeatherMedia {
  /** Draws a chart of some days. */
  @Tool()
  chart(@Args() { degrees }: Days): ContentBlock {
    return image({ data: barChart(degrees), format: 'png' });
  }

  /** Sounds the storm warning. */
  @Tool()
  warning(): ContentBlock {
    return audio({ data: tone(440, 0.25), format: 'wav' });
  }

  /** The days as a table, and the legend out of a file: both are embedded as resources. */
  @Tool()
  async report(@Args() { degrees }: Days): Promise<readonly ContentBlock[]> {
    const rows = degrees.map((each, i) => `${i + 1},${each}`);
    const table = Buffer.from(['day,degrees', ...rows].join('\n'));
    return [
      file({ data: table, name: 'days.csv' }),
      await file({ path: LEGEND, uri: 'weather://legend.txt' }),
    ];
  }

  /** Text, a picture and a link in one answer. */
  @Tool()
  summary(@Args() { degrees }: Days) {
    return [
      `The warmest day had ${Math.max(...degrees)} °C.`,
      image({ data: barChart(degrees), format: 'png' }),
      resourceLink({ uri: 'https://weather.example.com/archive', name: 'archive' }),
    ];
  }

  /** Asks what kind of week a picture shows. */
  @Prompt()
  guess() {
    const week = image({ data: barChart([4, 7, 12, 9, 6, 3, 2]), format: 'png' });
    return ['What kind of week was this?', Message.user(week)];
  }
}

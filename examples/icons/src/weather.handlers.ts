import { Icon, Prompt, Resource, Tool } from 'tenon';

/** Icons of components: as an option, or above the method; `fromFile` embeds the file when the server starts. */
export class WeatherHandlers {
  /** Analyzes data. */
  @Tool({ icons: [{ url: 'https://example.com/tool-icon.png' }] })
  analyzeData(data: string) {
    return { result: `analyzed ${data.length} characters` };
  }

  /** The sky over a city. */
  @Resource('sky://{city}')
  @Icon.fromFile(new URL('../assets/sun.png', import.meta.url), 'medium')
  sky(city: string) {
    return { city, sky: 'clear' };
  }

  /** The warnings in force. */
  @Resource('info://warnings', { icons: [Icon({ url: '/warnings.png' })] })
  warnings() {
    return [];
  }

  /** Asks for an analysis. */
  @Prompt()
  @Icon({ url: 'https://example.com/prompt-icon.png' })
  analyze(topic: string): string {
    return `Analyze ${topic}`;
  }
}

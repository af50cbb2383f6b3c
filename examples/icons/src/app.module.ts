import { fileURLToPath } from 'node:url';
import { Icon, McpModule, toDataUri } from 'tenon';
import { WeatherHandlers } from './weather.handlers.js';

const CLOUD = fileURLToPath(new URL('../assets/cloud.svg', import.meta.url));

@McpModule({
  name: 'Weather Service',
  version: '1.0.0',
  websiteUrl: 'https://weather.example.com',
  icons: [
    Icon({ url: 'https://example.com/icon-small.png', size: 'small' }),
    // Taken from the website of the server.
    Icon({ url: 'icon-32.png', size: 'medium' }),
    Icon({ url: 'icon-64.png', size: 'large', theme: 'dark' }),
    // Embedded, for a server that has no website; in the protocol's own words.
    Icon({ src: await toDataUri({ path: CLOUD }), sizes: ['any'] }),
  ],
  handlers: [WeatherHandlers],
})
export class AppModule {}

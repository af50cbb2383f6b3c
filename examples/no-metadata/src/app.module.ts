import { McpModule } from 'tenon';
import { Stations } from './stations.js';
import { WeatherHandlers } from './weather.handlers.js';

@McpModule({ name: 'no-metadata', version: '1.0.0', providers: [Stations], handlers: [WeatherHandlers] })
export class AppModule {}

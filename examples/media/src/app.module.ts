import { McpModule } from 'tenon';
import { WeatherMedia } from './weather-media.js';

@McpModule({ name: 'media', version: '1.0.0', handlers: [WeatherMedia] })
export class AppModule {}

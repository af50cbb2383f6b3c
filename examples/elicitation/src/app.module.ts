import { McpModule } from 'tenon';
import { ActionTools } from './action.tools.js';
import { Restaurant } from './restaurant.js';
import { RestaurantTools } from './restaurant.tools.js';

@McpModule({
  name: 'elicitation',
  version: '1.0.0',
  providers: [Restaurant],
  handlers: [ActionTools, RestaurantTools],
})
export class AppModule {}

import { McpModule } from 'tenon';
import { Board } from './board.js';

@McpModule({ name: 'subscriptions', version: '1.0.0', handlers: [Board] })
export class AppModule {}

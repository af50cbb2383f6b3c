import { McpModule } from 'tenon';
import { ResearchPrompts } from './research.prompts.js';

@McpModule({ name: 'prompts', version: '1.0.0', handlers: [ResearchPrompts] })
export class AppModule {}

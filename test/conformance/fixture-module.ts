import { McpModule } from 'tenon';
import { AskingTools, InputRequiredTools } from './asking-tools.js';
import { ChangingTools } from './changing-tools.js';
import { ContentTools } from './content-tools.js';
import { FixturePrompts, FixtureResources } from './resources-and-prompts.js';
import { SchemaTools } from './schema-tools.js';
import { TellingTools } from './telling-tools.js';

/** The server the official conformance suite judges. */
@McpModule({
  name: 'conformance-fixture',
  version: '1.0.0',
  handlers: [
    ContentTools,
    TellingTools,
    ChangingTools,
    SchemaTools,
    AskingTools,
    InputRequiredTools,
    FixtureResources,
    FixturePrompts,
  ],
  logLevel: 'warn',
})
export class FixtureModule {}

import { createApp, McpModule } from 'tenon';
import { http } from 'tenon/http';
import { Adder } from './adder.js';
import { Counting } from './counting.js';
import { otherTools } from './other-tools.js';
import { READY_MADE } from './ready-made.js';
import { ScopedAdder, Sum } from './scoped-adder.js';

const { MIDDLEWARE, PORT = '8000', SCOPE, TOOLS = '10' } = process.env;
const scoped = SCOPE === 'request';
const others = Number(TOOLS) - 1;

@McpModule({
  name: 'bench',
  version: '1.0.0',
  handlers: [scoped ? ScopedAdder : Adder, ...(others > 0 ? [otherTools(others)] : [])],
  providers: scoped ? [Sum] : [],
  middleware: MIDDLEWARE === 'ready-made' ? READY_MADE : [Counting],
})
class BenchModule {}

await createApp(BenchModule).serve(http({ port: Number(PORT) }));
process.stdout.write(`listening ${PORT}\n`);

// A program: makes an app of a thousand tools and prints the milliseconds of CPU it took, as JSON.
import 'reflect-metadata';
import { IsInt, IsString, Length, Max, Min } from 'class-validator';
import { Args, createApp, McpModule, Tool } from 'tenon';

const CLASSES = 50;
const TOOLS_EACH = 20;

/** Every second tool takes plain parameters, whose names and texts are read; the others a class of their own. */
function toolsOf(number) {
  const methods = Array.from({ length: TOOLS_EACH }, (_, index) => {
    const parameters = index % 2 === 0 ? 'city, days = 3' : 'query';
    return `
    /**
     * Weather number ${index} of a city.
     * @param city as people write it
     * @param days how many, from today
     */
    tool_${number}_${index}(${parameters}) {
        return '';
    }`;
  });
  const cls = new Function(`return class Tools${number} {${methods.join('\n')}\n}`)();
  for (let index = 0; index < TOOLS_EACH; index++) decorate(cls, `tool_${number}_${index}`, index % 2 === 0);
  return cls;
}

function decorate(cls, name, plain) {
  const types = plain ? [String, Number] : [queryClass()];
  Reflect.defineMetadata('design:paramtypes', types, cls.prototype, name);
  if (!plain) Args()(cls.prototype, name, 0);
  Tool()(cls.prototype, name, Object.getOwnPropertyDescriptor(cls.prototype, name));
}

function queryClass() {
  const Query = new Function(`return class Query {
    /** City as people write it. */
    city;
    /** Days ahead. */
    days = 3;
    /** Where to begin. */
    from = 0;
    /** In which unit. */
    unit = 'C';
}`)();
  for (const [field, decorators] of Object.entries({
    city: [IsString(), Length(1, 80)],
    days: [IsInt(), Min(1), Max(14)],
    from: [IsInt(), Min(0)],
    unit: [IsString()],
  }))
    for (const decorator of decorators.toReversed()) decorator(Query.prototype, field);
  return Query;
}

class Thousand {}
McpModule({
  name: 'thousand',
  version: '1.0.0',
  handlers: Array.from({ length: CLASSES }, (_, number) => toolsOf(number)),
})(Thousand);

const began = process.cpuUsage();
const app = createApp(Thousand);
const { user, system } = process.cpuUsage(began);
const { length } = await app.listTools();
await app.close();
if (length !== CLASSES * TOOLS_EACH) throw new Error(`${length} tools are listed.`);
process.stdout.write(JSON.stringify({ milliseconds: (user + system) / 1000 }));

import 'reflect-metadata';
import { IsString } from 'class-validator';
import { z } from 'zod';
import {
  Arg,
  Args,
  Context,
  createApp,
  FrameworkError,
  McpModule,
  Prompt,
  Resource,
  Tool,
} from '@tenon/core';
import { thrown } from '../mistake.js';

class Query {
  @IsString() city!: string;
}

interface Shape {
  city: string;
}

function mistake(...handlers: (new (...args: never[]) => unknown)[]): FrameworkError {
  @McpModule({ name: 't', version: '1', handlers: handlers as never })
  class Root {}
  return thrown(() => createApp(Root));
}

test('a parameter of an interface type has no source', () => {
  class Tools {
    @Tool() forecast(query: Shape) {
      return query.city;
    }
  }
  const error = mistake(Tools);
  expect(error.code).toBe('ERR_PARAM_NO_SOURCE');
  expect(error.message).toMatch('Parameter 0 of Tools.forecast() ("query")');
  expect(error.fix).toMatch("@Arg('query', …)");
});

test('a parameter of a class that is neither injectable nor marked names both cures', () => {
  class Tools {
    @Tool() forecast(ctx: Context, query: Query) {
      return [ctx.method, query.city];
    }
  }
  const error = mistake(Tools);
  expect(error.code).toBe('ERR_PARAM_NO_SOURCE');
  expect(error.message).toMatch('Parameter 1');
  expect(error.fix).toMatch('@Injectable()');
  expect(error.fix).toMatch('@Args()');
});

test('a rest parameter has no source', () => {
  class Tools {
    @Tool() sum(...numbers: number[]) {
      return numbers.length;
    }
  }
  const error = mistake(Tools);
  expect(error.code).toBe('ERR_PARAM_NO_SOURCE');
  expect(error.message).toMatch('rest parameter');
  expect(error.fix).toMatch("@Arg('numbers', IsString({ each: true }))");
});

test('a rest parameter is none with @Arg() either', () => {
  class Tools {
    @Tool() sum(@Arg('numbers', { type: 'number' }) ...numbers: number[]) {
      return numbers.length;
    }
  }
  expect(mistake(Tools).message).toMatch('rest parameter');
});

test('@Args() before an interface names the ways to give a schema', () => {
  class Tools {
    @Tool() forecast(@Args() query: Shape) {
      return query.city;
    }
  }
  const error = mistake(Tools);
  expect(error.code).toBe('ERR_PARAM_NO_SOURCE');
  expect(error.fix).toMatch('@Args(Schema)');
});

test('@Arg of which nothing says what it must be is told', () => {
  class Tools {
    @Tool() forecast(@Arg('city') city: unknown) {
      return city;
    }
  }
  const error = mistake(Tools);
  expect(error.code).toBe('ERR_PARAM_NO_SOURCE');
  expect(error.fix).toMatch("@Arg('city', { type: 'string' })");
});

test('a type that @Arg says and the parameter does not have is told, a narrower one is not', () => {
  class Tools {
    @Tool() wrong(@Arg('days', { type: 'string' }) days: number) {
      return days;
    }
    @Tool() narrower(@Arg('days', { type: 'integer' }) days: number) {
      return days;
    }
    @Tool() either(@Arg('id', { type: 'string' }) id: string | number = 3) {
      return id;
    }
  }
  const error = mistake(Tools);
  expect(error.code).toBe('ERR_SCHEMA_TYPE');
  expect(error.message).toMatch('"days" of the arguments of Tools.wrong()');
  expect(error.message).toMatch('the parameter is a number, and @Arg() says string');
});

test('a name that a minifier has taken is asked for', () => {
  const Minified = new Function('return class Minified{ping(a){return a}}')() as new () => {
    ping(a: string): string;
  };
  Reflect.defineMetadata('design:paramtypes', [String], Minified.prototype, 'ping');
  Tool()(Minified.prototype, 'ping', Object.getOwnPropertyDescriptor(Minified.prototype, 'ping') as never);
  const error = mistake(Minified);
  expect(error.code).toBe('ERR_BUILD_LOST');
  expect(error.fix).toMatch("@Arg('name')");
});

test('a name that went with a replaced method is asked for', () => {
  const name = 'ping';
  const replaced = (_target: object, _key: string, descriptor: PropertyDescriptor) => {
    descriptor.value = () => 'replaced';
  };
  class Tools {
    @Tool()
    @replaced
    [name](a: string) {
      return a;
    }
  }
  const error = mistake(Tools);
  expect(error.code).toBe('ERR_PARAM_NAME_LOST');
  expect(error.message).toMatch('parameter 0 of Tools.ping()');
  expect(error.fix).toMatch("@Arg('name')");
});

test('all arguments twice, all and one, or one name twice contradict each other', () => {
  class Twice {
    @Tool() all(@Args() a: Query, @Args() b: Query) {
      return [a, b];
    }
  }
  class Mixed {
    @Tool() mixed(@Args() a: Query, limit: number) {
      return [a, limit];
    }
  }
  class Named {
    @Tool() named(@Arg('city') a: string, @Arg('city') b: string) {
      return [a, b];
    }
  }
  const error = mistake(Twice, Mixed, Named);
  expect(error.errors.map((each) => each.code)).toEqual([
    'ERR_PARAM_CONFLICT',
    'ERR_PARAM_CONFLICT',
    'ERR_PARAM_CONFLICT',
  ]);
  expect(error.errors[0]?.fix).toMatch('one @Args() parameter');
});

test.each(['', 'with space', 'größe', 'a/b', 'x'.repeat(129)])('the tool name "%s" is refused', (name) => {
  class Tools {
    @Tool({ name }) ping() {
      return 'pong';
    }
  }
  const error = mistake(Tools);
  expect(error.code).toBe('ERR_TOOL_NAME');
  expect(error.fix).toMatch('1 to 128');
});

test.each(['a', 'A.b-c_9', 'constructor', 'x'.repeat(128)])('the tool name "%s" is taken', (name) => {
  class Tools {
    @Tool(name) ping() {
      return 'pong';
    }
  }
  @McpModule({ name: 't', version: '1', handlers: [Tools] })
  class Root {}
  expect(() => createApp(Root)).not.toThrow();
});

test('a schema that gives no JSON Schema of itself is told with its place', () => {
  const silent = {
    '~standard': { version: 1, vendor: 'silent', validate: (value: unknown) => ({ value }) },
  } as const;
  class Tools {
    @Tool({ input: silent }) ping(input: unknown) {
      return input;
    }
  }
  const error = mistake(Tools);
  expect(error.code).toBe('ERR_SCHEMA_TYPE');
  expect(error.message).toMatch('Tools.ping()');
  expect(error.fix).toMatch('zod 4.2');
});

test('a schema of what JSON cannot carry is told with the words of its library', () => {
  class Tools {
    @Tool({ input: z.object({ when: z.date() }) }) ping(input: { when: Date }) {
      return input.when;
    }
  }
  const error = mistake(Tools);
  expect(error.code).toBe('ERR_SCHEMA_TYPE');
  expect(error.cause).toBeInstanceOf(Error);
});

test('@Tool() on a static method is told at once', () => {
  const error = thrown(() => {
    class Tools {
      @Tool() static ping() {
        return 'pong';
      }
    }
    return Tools;
  });
  expect(error.code).toBe('ERR_DECORATOR_MISUSE');
  expect(error.fix).toMatch('ordinary');
});

test('a schema given to @Tool that no parameter receives is published all the same', async () => {
  class Tools {
    @Tool({ input: z.object({ city: z.string() }) }) ping() {
      return 'pong';
    }
  }
  @McpModule({ name: 't', version: '1', handlers: [Tools] })
  class Root {}
  const app = createApp(Root);
  const [tool] = await app.listTools();
  await app.close();
  expect(Object.keys(tool?.inputSchema.properties ?? {})).toEqual(['city']);
});

test('a parameter without a type that is called ctx is told how to receive the Context', () => {
  class Tools {
    // eslint-disable-next-line @typescript-eslint/no-explicit-any
    @Tool() run(ctx: any) {
      return ctx;
    }
  }
  const error = mistake(Tools);
  expect(error.code).toBe('ERR_PARAM_NO_SOURCE');
  expect(error.message).toMatch('Parameter 0 of Tools.run() ("ctx")');
  expect(error.fix).toMatch('@Ctx() ctx');
  expect(error.fix).toMatch('Import Context as a value');
});

test('each parameter that has no source is told, not only the first', () => {
  class Tools {
    @Tool() run(first: Shape, second: Map<string, number>) {
      return [first, second];
    }
  }
  const error = mistake(Tools);
  expect(error.errors.map((each) => each.message)).toEqual([
    expect.stringMatching('Parameter 0 of Tools.run()'),
    expect.stringMatching('Parameter 1 of Tools.run()'),
  ]);
});

test('types that JSON has no word for are told with what it has, as parameters', () => {
  class Tools {
    @Tool() run(
      scores: Map<string, number>,
      samples: Float64Array,
      then: () => void,
      anything: unknown,
      when: Date,
    ) {
      return [scores, samples, then, anything, when];
    }
  }
  const told = mistake(Tools).errors.map(({ code, message, fix }) => ({ code, message, fix }));
  expect(told.map(({ code }) => code)).toEqual(Array(5).fill('ERR_PARAM_NO_SOURCE'));
  expect(told[0]?.message).toMatch('Map, in whose place JSON has an object');
  expect(told[1]?.message).toMatch('Float64Array, in whose place JSON has a list of numbers');
  expect(told[4]?.message).toMatch('Date, in whose place JSON has a date-time string');
  for (const [index, name] of ['scores', 'samples', 'then', 'anything', 'when'].entries())
    expect(told[index]?.fix).toContain(`@Arg('${name}', …)`);
  expect(told[4]?.fix).toMatch('IsDate() for a date');
});

test.each([
  [Map, 'an object'],
  [Float64Array, 'a list of numbers'],
  [Date, 'a date-time string'],
  [Object, 'Standard Schema'],
  [Function, 'Standard Schema'],
  [String, 'z.string()'],
])('%p is no output, and what to describe instead is told', (output, cure) => {
  class Tools {
    @Tool({ output: output as never }) run(): never {
      throw new Error('never runs');
    }
  }
  const error = mistake(Tools);
  expect(error.code).toBe('ERR_SCHEMA_TYPE');
  expect(error.message).toMatch('the output of Tools.run()');
  expect(error.fix).toMatch(cure);
});

test.each(['id', 'userId', 'user'])(
  'a template whose {user_id} no parameter has suggests the parameter "%s"',
  (name) => {
    class Users {
      profile(id: string) {
        return id;
      }
    }
    Reflect.defineMetadata('design:paramtypes', [String], Users.prototype, 'profile');
    Arg(name, { type: 'string' })(Users.prototype, 'profile', 0);
    const descriptor = Object.getOwnPropertyDescriptor(Users.prototype, 'profile');
    Resource('user://{user_id}/profile')(Users.prototype, 'profile', descriptor as never);
    const error = mistake(Users);
    expect(error.code).toBe('ERR_RESOURCE_VARIABLES');
    expect(error.message).toMatch('Users.profile() and its URI "user://{user_id}/profile" do not fit');
    expect(error.message).toMatch('{user_id}');
    expect(error.message).toMatch(`"${name}"`);
    expect(error.fix).toBe(
      `Rename the parameter "${name}" to "user_id", or write @Arg('user_id') before it.`,
    );
  },
);

test('every variable without a parameter is told, and every parameter without a variable', () => {
  class Teams {
    @Resource('org://{org_id}/team/{team_id}') missing(orgId: string, teamId: string) {
      return [orgId, teamId];
    }
    @Resource('org://{org}') surplus(org: string, more: string) {
      return [org, more];
    }
    @Resource('org://{org}/people{?page}') optional(org: string, page: string) {
      return [org, page];
    }
  }
  const [missing, surplus, optional] = mistake(Teams).errors;
  expect(missing?.message).toMatch('{org_id}, {team_id}');
  expect(missing?.fix).toMatch('Rename the parameter "orgId" to "org_id"');
  expect(missing?.fix).toMatch('Rename the parameter "teamId" to "team_id"');
  expect(surplus?.fix).toMatch('Put {more} into the URI');
  expect(optional?.fix).toMatch("@Arg('page', { optional: true })");
});

test('a type that an import cycle has left undefined is told with the function that names it later', () => {
  class Tools {
    run(other: unknown) {
      return other;
    }
  }
  Reflect.defineMetadata('design:paramtypes', [undefined], Tools.prototype, 'run');
  Prompt()(Tools.prototype, 'run', Object.getOwnPropertyDescriptor(Tools.prototype, 'run') as never);
  const error = mistake(Tools);
  expect(error.code).toBe('ERR_PARAM_NO_SOURCE');
  expect(error.message).toMatch('import cycle');
  expect(error.fix).toMatch('@Inject(() => Token) where files import each other');
});

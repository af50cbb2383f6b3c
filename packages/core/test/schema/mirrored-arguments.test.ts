import {
  Arg,
  Args,
  createApp,
  FrameworkError,
  InHeader,
  McpModule,
  Prompt,
  Resource,
  Tool,
  tool,
} from '@tenon/core';
import { RecordingLogger } from '@tenon/testing';
import { Type } from 'class-transformer';
import {
  Allow,
  ArrayMinSize,
  IsInt,
  IsNumber,
  IsOptional,
  IsString,
  Max,
  ValidateNested,
} from 'class-validator';
import { z } from 'zod';
import { thrown } from '../mistake.js';

type Class = new () => object;

const logger = new RecordingLogger();

function appOf(handler: Class) {
  @McpModule({ name: 't', version: '1', handlers: [handler] })
  class Root {}
  return createApp(Root, { logger });
}

const mistake = (handler: Class): FrameworkError => thrown(() => appOf(handler));

/** A schema written by hand. */
const raw = (properties: object, more: object = {}) => ({
  '~standard': {
    version: 1 as const,
    vendor: 'hand',
    validate: (value: unknown) => ({ value }),
    jsonSchema: { input: () => ({ type: 'object', properties, ...more }), output: () => ({}) },
  },
});

function withInput(input: ReturnType<typeof raw>): Class {
  class Tools {
    @Tool({ input }) run(args: unknown) {
      return String(args);
    }
  }
  return Tools;
}

const text = (header: unknown) => ({ type: 'string', 'x-mcp-header': header });

// verifies 2026:39
test.each([
  ['empty', ''],
  ['with a space', 'My Region'],
  ['with a line break', 'Region\r\nX-Evil: 1'],
  ['with a colon', 'Region:'],
  ['beyond ASCII', 'Région'],
  ['no text', 7],
])('a header whose name is %s is a mistake that names the argument', (_, header) => {
  const told = mistake(withInput(raw({ region: text(header) })));
  expect(told.code).toBe('ERR_TOOL_HEADER');
  expect(told.message).toContain('Tools.run() has the argument "region"');
  expect(told.fix).toContain('letters');
});

// verifies 2026:39
test('two arguments with one header are a mistake, upper and lower case being one', () => {
  class Tools {
    @Tool() run(@Arg('a', { header: 'Region' }) a: string, @Arg('b', { header: 'region' }) b: string) {
      return a + b;
    }
  }
  const told = mistake(Tools);
  expect(told).toMatchObject({ code: 'ERR_TOOL_HEADER', fix: expect.stringContaining('of its own') });
  expect(told.message).toContain('"b"');
});

// verifies 2026:39
test('a number, a list, an object and what is of no type cannot stand in a header', () => {
  class Numbers {
    @Tool() run(@Arg('n', { header: 'N' }) n: number) {
      return n;
    }
  }
  expect(mistake(Numbers)).toMatchObject({
    code: 'ERR_TOOL_HEADER',
    fix: expect.stringContaining('@IsInt()'),
  });
  for (const schema of [
    { type: 'array' },
    { type: 'object' },
    {},
    { enum: ['a'] },
    { type: ['string', 'integer'] },
  ])
    expect(mistake(withInput(raw({ a: { ...schema, 'x-mcp-header': 'A' } }))).code).toBe('ERR_TOOL_HEADER');
});

// verifies 2026:39
test('an integer that may leave the safe range is a mistake, one that may not is none', () => {
  const bounded = (maximum: number) =>
    withInput(raw({ n: { type: 'integer', maximum, 'x-mcp-header': 'N' } }));
  expect(mistake(bounded(2 ** 53)).message).toContain('larger than JSON can carry');
  expect(() => appOf(bounded(2 ** 53 - 1))).not.toThrow();
});

class Held {
  @InHeader('Zone') @IsString() zone!: string;
  @IsOptional() @ValidateNested() @Type(() => Held) inner?: Held;
}

class HoldsItself {
  @Tool() run(@Args() held: Held) {
    return held.zone;
  }
}

// verifies 2026:39
test.each<[string, Class]>([
  ['the items of a list', withInput(raw({ list: { type: 'array', items: text('A') } }))],
  ['a choice', withInput(raw({}, { anyOf: [{ properties: { a: text('A') } }] }))],
  ['a condition', withInput(raw({}, { if: {}, then: { properties: { a: text('A') } } }))],
  ['other names', withInput(raw({}, { additionalProperties: text('A') }))],
  ['the arguments as a whole', withInput(raw({}, { 'x-mcp-header': 'A' }))],
  ['a class that holds itself', HoldsItself],
])('a header on %s is a mistake: there is no one place to read it from', (_, handler) => {
  expect(mistake(handler)).toMatchObject({ code: 'ERR_TOOL_HEADER', fix: expect.stringContaining('field') });
});

test('what is data, or a property of that name, is no header', () => {
  const input = raw({
    'x-mcp-header': { type: 'number' },
    a: { type: 'object', default: { 'x-mcp-header': 'A' }, enum: [{ 'x-mcp-header': '' }] },
  });
  expect(() => appOf(withInput(input))).not.toThrow();
});

test('a field that may be null is a mistake, and one with a default is none', () => {
  class Nullable {
    @InHeader('Region') @IsOptional() @IsString() region?: string;
  }
  class WithDefault {
    @InHeader('Region') @IsString() region: string = 'eu';
    @InHeader('Count') @IsInt() @Max(10) count: number = 1;
  }
  class Bad {
    @Tool() run(@Args() args: Nullable) {
      return args.region;
    }
  }
  class Good {
    @Tool() run(@Args() args: WithDefault) {
      return args.region;
    }
  }
  expect(mistake(Bad)).toMatchObject({ code: 'ERR_TOOL_HEADER', fix: expect.stringContaining('default') });
  expect(() => appOf(Good)).not.toThrow();
});

test('@InHeader on a field without a validator is told, as nothing of it is published', () => {
  class Lost {
    @InHeader('Region') region: string = '';
    @Allow() other: string = '';
  }
  class Tools {
    @Tool() run(@Args() args: Lost) {
      return args.region;
    }
  }
  const told = mistake(Tools);
  expect(told.code).toBe('ERR_DECORATOR_MISUSE');
  expect(told.message).toContain('Lost.region');
});

test('a field inherits its header, and a subclass may give it another', async () => {
  class Ancestor {
    @InHeader('Region') @IsString() region!: string;
    @InHeader('Zone') @IsString() zone!: string;
  }
  class Descendant extends Ancestor {
    @InHeader('Area') declare region: string;
    @ArrayMinSize(1) @IsNumber({}, { each: true }) list: number[] = [1];
  }
  class Tools {
    @Tool() run(@Args() args: Descendant) {
      return args.region;
    }
  }
  const endpoint = await appOf(Tools).start();
  expect(endpoint.mirrored('run', undefined)?.map(({ header }) => header)).toEqual([
    'mcp-param-area',
    'mcp-param-zone',
  ]);
});

test('a Standard Schema says it by its own means, and a tool without a class is checked when it is added', async () => {
  class Tools {
    @Tool({ input: z.object({ region: z.string().meta({ 'x-mcp-header': 'Region' }) }) })
    run({ region }: { region: string }) {
      return region;
    }
  }
  const app = appOf(Tools);
  const endpoint = await app.start();
  expect(endpoint.mirrored('run', undefined)).toEqual([{ header: 'mcp-param-region', path: ['region'] }]);
  const input = z.object({ n: z.number().meta({ 'x-mcp-header': 'N' }) });
  expect(() => app.add(tool({ name: 'late', input, run: () => '' }))).toThrow(
    expect.objectContaining({ code: 'ERR_TOOL_HEADER' }),
  );
});

test('the arguments of a prompt and the variables of a resource have no headers', () => {
  class Prompts {
    @Prompt() plan(@Arg('city', { header: 'City' }) city: string) {
      return city;
    }
  }
  class Resources {
    @Resource('city://{city}') read(@Arg('city', { header: 'City' }) city: string) {
      return city;
    }
  }
  for (const handler of [Prompts, Resources])
    expect(mistake(handler)).toMatchObject({ code: 'ERR_TOOL_HEADER', fix: expect.stringContaining('off') });
});

test('where no tool has such arguments, none is looked up', async () => {
  class Tools {
    @Tool() run(a: string) {
      return a;
    }
  }
  expect((await appOf(Tools).start()).mirrored('run', undefined)).toBeUndefined();
});

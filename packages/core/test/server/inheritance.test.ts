import { IsString } from 'class-validator';
import { Arg, Args, createApp, McpModule, Tool, UseMiddleware } from '@tenon/core';
import type { Constructor, MiddlewareHooks } from '@tenon/core';

class Query {
  @IsString() text!: string;
}

class Base {
  /** Says hello. */
  @Tool() greet(name: string) {
    return `hello ${name}`;
  }
  @Tool('find') search(@Arg('q', { type: 'string' }) text: string) {
    return `base ${text}`;
  }
  @Tool() all(@Args() query: Query) {
    return `base ${query.text}`;
  }
}

function module(...handlers: (new () => object)[]): Constructor {
  @McpModule({ name: 't', version: '1', handlers })
  class Root {}
  return Root;
}

test('a class offers the tools of those it extends, the overridden method answers', async () => {
  class Derived extends Base {
    override greet(name: string) {
      return `${super.greet(name)}!`;
    }
    @Tool() more() {
      return 'more';
    }
  }
  const app = createApp(module(Derived));
  const tools = await app.listTools();
  expect(tools.map((tool) => tool.name)).toEqual(['greet', 'find', 'all', 'more']);
  expect((await app.callTool('greet', { name: 'you' })).content).toEqual([
    { type: 'text', text: 'hello you!' },
  ]);
  expect((await app.callTool('find', { q: 'x' })).content).toEqual([{ type: 'text', text: 'base x' }]);
  await app.close();
});

test('the comment above the method that is inherited describes it', async () => {
  class Derived extends Base {}
  const app = createApp(module(Derived));
  expect((await app.listTools())[0]?.description).toBe('Says hello.');
  await app.close();
});

test('what a subclass says of a method replaces what its ancestor said, name included', async () => {
  class Derived extends Base {
    @Tool('look') override search(@Arg('query', { type: 'string' }) text: string) {
      return `derived ${text}`;
    }
  }
  const app = createApp(module(Derived));
  expect((await app.listTools()).map((tool) => tool.name)).toEqual(['greet', 'all', 'look']);
  expect((await app.callTool('look', { query: 'x' })).content).toEqual([{ type: 'text', text: 'derived x' }]);
  await app.close();
});

test('parameters decorated anew, or not at all, are not mixed with those of the ancestor', async () => {
  class Swapped extends Base {
    @Tool() override search(text: string) {
      return `plain ${text}`;
    }
  }
  const app = createApp(module(Swapped));
  const tool = (await app.listTools()).find(({ name }) => name === 'search');
  expect(Object.keys(tool?.inputSchema.properties ?? {})).toEqual(['text']);
  await app.close();
});

test('middleware of an ancestor stands before its tools in a subclass too', async () => {
  const seen: string[] = [];
  const watch: MiddlewareHooks = {
    onCallTool: (call, next) => {
      seen.push(call.params.name);
      return next();
    },
  };
  @UseMiddleware(watch)
  class Guarded {
    @Tool() ping() {
      return 'pong';
    }
  }
  class Derived extends Guarded {}
  const app = createApp(module(Derived));
  await app.callTool('ping');
  expect(seen).toEqual(['ping']);
  await app.close();
});

test('a decorated method stays an ordinary method', () => {
  expect(new Base().greet('you')).toBe('hello you');
});

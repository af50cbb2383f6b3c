import {
  Complete,
  HeldSession,
  McpModule,
  Prompt,
  Resource,
  resource,
  SessionHandle,
  Tool,
  type FrameworkError,
} from '@tenon/core';
import { mistake } from '../mistake.js';

function mistakes(...handlers: (new () => object)[]): readonly FrameworkError[] {
  @McpModule({ name: 'x', version: '1', handlers })
  class Root {}
  return mistake(Root).errors;
}

test.each([
  ['config', /it has no scheme/],
  ['data://a b', /characters no URI may have/],
  ['user://{1x}', /1x/],
  ['user://{a}/{a}', /\ba\b/],
  ['user://{a', /./],
])('the URI "%s" is told with what is wrong', (uri, problem) => {
  class Config {
    @Resource(uri) get() {
      return 1;
    }
  }
  const [told] = mistakes(Config);
  expect(told).toMatchObject({ code: 'ERR_RESOURCE_URI' });
  expect(told?.message).toMatch('Config.get()');
  expect(told?.message).toMatch(problem);
  expect(told?.fix).toMatch('data://config');
});

test('variables and parameters that do not fit are told, all of them, each with its cure', () => {
  class Users {
    @Resource('user://{user_id}/profile') profile(userId: string) {
      return userId;
    }
    @Resource('user://all') all(page: number) {
      return page;
    }
    @Resource('user://{id}{?sort}') sorted(id: string, sort: string) {
      return [id, sort];
    }
    @Resource('user://{id}/x') fine(id: string, extra = 'given') {
      return [id, extra];
    }
  }
  const told = mistakes(Users);
  expect(told.map(({ code }) => code)).toEqual(Array.from({ length: 3 }, () => 'ERR_RESOURCE_VARIABLES'));
  expect(told[0]?.message).toMatch('Users.profile() and its URI "user://{user_id}/profile"');
  expect(told[0]?.fix).toMatch('Rename the parameter "userId" to "user_id"');
  expect(told[1]?.message).toMatch('nothing in it fills the parameter "page"');
  expect(told[2]?.fix).toMatch('Give it a default: sort = …');
});

test('a handle that is not called like the variable it stands in is told how to name it', () => {
  class Rooms {
    @Resource('room://{room}') inside(@SessionHandle() room: HeldSession) {
      return room.handle;
    }
    @Resource('hall://{room}') fine(@SessionHandle('room') room: HeldSession) {
      return room.handle;
    }
  }
  const told = mistakes(Rooms);
  expect(told.map(({ code }) => code)).toEqual(['ERR_RESOURCE_VARIABLES']);
  expect(told[0]?.message).toMatch(
    'no parameter for {room}, and its parameter "session_id" names no variable',
  );
  expect(told[0]?.fix).toBe("Name the handle after the variable: @SessionHandle('room').");
});

test('a completer for what is not there is told', () => {
  class Plans {
    @Prompt() plan(city: string) {
      return city;
    }
    @Complete('plan', 'town') towns() {
      return [];
    }
    @Complete('trip', 'city') cities() {
      return [];
    }
    @Complete('plan', 'city') fine() {
      return [];
    }
  }
  const told = mistakes(Plans);
  expect(told.map(({ code }) => code)).toEqual(['ERR_COMPLETE_TARGET', 'ERR_COMPLETE_TARGET']);
  expect(told[0]?.message).toMatch('no argument "town"; it has city');
  expect(told[1]?.message).toMatch('no prompt and no resource template');
});

test('a completer that would never be asked, or would be given something else than it says, is told', () => {
  class Plans {
    @Prompt() plan(city: string, days: number) {
      return `${city} ${days}`;
    }
    @Complete('plan', 'city') cities(city: string, days?: number) {
      return [city, days];
    }
    @Complete('plan', 'city') again(anything: string) {
      return [anything];
    }
    @Complete('plan', 'days') days(days: number) {
      return [days];
    }
    @Complete('plan', 'days') byTown(days: string, town: string) {
      return [days, town];
    }
  }
  const told = mistakes(Plans);
  expect(told.map(({ code }) => code)).toEqual(Array.from({ length: 3 }, () => 'ERR_COMPLETE_TARGET'));
  expect(told[0]?.message).toMatch(
    'Plans.days() completes an argument of "plan", and takes what has been typed',
  );
  expect(told[0]?.fix).toMatch('the type of its parameter "days" be string');
  expect(told[1]?.message).toMatch(
    'Plans.again() completes an argument of "plan", whose "city" Plans.cities()',
  );
  expect(told[2]?.message).toMatch('its parameter "town" is no argument of that; it has city, days');
});

test('a resource without a class is checked the same way', () => {
  @McpModule({
    name: 'x',
    version: '1',
    components: [resource({ name: 'config', uri: 'config', run: () => 1 })],
  })
  class Root {}
  expect(mistake(Root).code).toBe('ERR_RESOURCE_URI');
});

test('all that is wrong with one method is told at once, and nothing that only follows from it', () => {
  const icons = [{ url: 'icon.png' }];
  class Wrong {
    @Tool({ name: 'two words', output: Map as never, icons }) tool(a: Map<string, string>) {
      return a;
    }
    @Resource('{id', { icons, cache: { ttlMs: -1 } }) resource(a: Set<string>) {
      return a;
    }
    @Prompt({ icons }) plan(a: Date) {
      return String(a);
    }
    @Complete('plan', 'a') as() {
      return [];
    }
  }
  expect(mistakes(Wrong).map(({ code }) => code)).toEqual([
    ...['ERR_TOOL_NAME', 'ERR_ICON_SOURCE', 'ERR_SCHEMA_TYPE', 'ERR_PARAM_NO_SOURCE'],
    ...['ERR_ICON_SOURCE', 'ERR_RESOURCE_URI', 'ERR_PARAM_NO_SOURCE', 'ERR_CACHE_HINT'],
    ...['ERR_ICON_SOURCE', 'ERR_PARAM_NO_SOURCE'],
  ]);
});

import {
  Complete,
  entryPoint,
  inputRequired,
  OnSession,
  Prompt,
  Resource,
  Tool,
  tool,
  type FrameworkError,
} from '@tenon/core';
import { z } from 'zod';

const DECORATORS: readonly (readonly [string, PropertyDecorator])[] = [
  ['@Tool', Tool() as PropertyDecorator],
  ['@Resource', Resource('data://config') as PropertyDecorator],
  ['@Prompt', Prompt() as PropertyDecorator],
  ['@Complete', Complete('plan', 'city') as PropertyDecorator],
  ['@OnSession', OnSession() as PropertyDecorator],
  [
    '@Every',
    entryPoint({ name: 'every', decorator: '@Every', given: [], keyOf: String }, 1) as PropertyDecorator,
  ],
];

function refused(stand: () => unknown): FrameworkError {
  try {
    stand();
  } catch (error) {
    return error as FrameworkError;
  }
  throw new Error('the decorator was taken');
}

test.each(DECORATORS)(
  '%s on a getter, which TypeScript lets pass, is told and does not run it',
  (name, on) => {
    let ran = 0;
    class Config {
      get all(): string {
        ran++;
        return 'all';
      }
    }
    const error = refused(() => on(Config.prototype, 'all'));
    expect(error.code).toBe('ERR_DECORATOR_MISUSE');
    expect(error.message).toMatch(`${name} on Config.all stands on a getter`);
    expect(error.fix).toBe('Make it a method: all() { … }.');
    expect(ran).toBe(0);
  },
);

test.each(DECORATORS)('%s on a field with a function in it is told', (name, on) => {
  class Config {
    readonly all = (): string => 'all';
  }
  const error = refused(() => on(Config.prototype, 'all'));
  expect(error.code).toBe('ERR_DECORATOR_MISUSE');
  expect(error.message).toMatch(`${name} on Config.all stands on a field`);
});

test('what a method is given and returns is compared with its schemas, and questions are a result of every tool', () => {
  const input = z.object({ city: z.string() });
  const ask = inputRequired({ requests: {} });
  class Fits {
    @Tool({ output: input }) asks() {
      return Math.random() > 1 ? { city: 'Graz' } : ask;
    }
    @Prompt({ input }) plan({ city }: { readonly city: string }) {
      return city;
    }
    @Prompt() free(city: string) {
      return city;
    }
  }
  class Misses {
    // @ts-expect-error the parameter is not what the schema gives
    @Prompt({ input }) plan({ town }: { readonly town: string }) {
      return town;
    }
  }
  const inline = tool({ name: 'asks', output: input, run: () => ask });
  expect([Fits, Misses, inline]).toHaveLength(3);
});

import type { Bus } from '@tenon/core';
import assert from 'node:assert/strict';
import { same } from './same.js';
import type { BusCase } from './bus-case.js';

/** What is told on a topic is heard by those who listen to it. */
export const topicCases: readonly BusCase[] = [
  {
    name: 'everybody who listens to a topic hears what is told on it, in order, and nobody else',
    run: async (bus) => {
      const heard: unknown[][] = [[], [], []];
      await bus.subscribe('a', (value) => void heard[0]?.push(value));
      await bus.subscribe('a', (value) => void heard[1]?.push(value));
      await bus.subscribe('b', (value) => void heard[2]?.push(value));
      await bus.publish('a', { n: 1 });
      await bus.publish('a', 'ü\n\u0000');
      await bus.publish('nobody', 2);
      await allTold(bus, 'a', 'b');
      const told = [{ n: 1 }, 'ü\n\u0000', FENCE];
      same(heard, [told, told, [FENCE]]);
    },
  },
  {
    name: 'a listener given twice hears twice, and stops once for each',
    run: async (bus) => {
      const heard: unknown[] = [];
      const listener = (value: unknown): void => void heard.push(value);
      const stop = await bus.subscribe('a', listener);
      await bus.subscribe('a', listener);
      await bus.publish('a', 1);
      await allTold(bus, 'a');
      await stop();
      await stop();
      await bus.publish('a', 2);
      await allTold(bus, 'a');
      same(heard, [1, 1, FENCE, FENCE, 2, FENCE]);
    },
  },
  {
    name: 'who has stopped and stops again takes nobody along who listens since',
    run: async (bus) => {
      const heard: unknown[] = [];
      const stop = await bus.subscribe('a', () => undefined);
      await stop();
      await bus.subscribe('a', (value) => void heard.push(value));
      await stop();
      await bus.publish('a', 1);
      await until(() => heard.length > 0);
      same(heard, [1]);
    },
  },
  {
    name: 'of two that have opened it one may close it, and the other goes on hearing',
    run: async (bus) => {
      const heard: unknown[] = [];
      await bus.open();
      await bus.subscribe('a', (value) => void heard.push(value));
      await bus.close();
      await bus.publish('a', 1);
      await until(() => heard.length > 0);
      same(heard, [1]);
    },
  },
  {
    name: 'a listener may stop, or begin, while it is told',
    run: async (bus) => {
      const heard: string[] = [];
      const begun: Promise<unknown>[] = [];
      const stop = await bus.subscribe('a', () => {
        heard.push('first');
        begun.push(
          stop(),
          bus.subscribe('a', () => void heard.push('late')),
        );
      });
      await bus.subscribe('a', () => void heard.push('second'));
      await bus.publish('a', 1);
      await until(() => heard.length >= 2);
      await Promise.all(begun);
      same(heard, ['first', 'second']);
      await allTold(bus, 'a');
      same(heard.slice(2).sort(), ['late', 'second']);
    },
  },
  {
    name: 'who hears or tells a value cannot change it for others',
    run: async (bus) => {
      const heard: { list: number[] }[] = [];
      for (let i = 0; i < 2; i++)
        await bus.subscribe('a', (value) => {
          (value as { list: number[] }).list.push(i);
          heard.push(value as { list: number[] });
        });
      const told = { list: [] as number[] };
      const telling = bus.publish('a', told);
      told.list.push(9);
      await telling;
      await until(() => heard.length >= 2);
      same(heard, [{ list: [0] }, { list: [1] }]);
      same(told, { list: [9] });
    },
  },
  {
    name: 'a listener that throws keeps nobody else from hearing, nor the teller from going on',
    run: async (bus) => {
      const heard: unknown[] = [];
      await bus.subscribe('a', () => {
        throw new Error('careless');
      });
      await bus.subscribe('a', (value) => void heard.push(value));
      await bus.publish('a', 1);
      await allTold(bus, 'a');
      same(heard, [1, FENCE]);
    },
  },
  {
    name: 'what cannot be told is refused by a rejection',
    run: async (bus) => {
      await bus.subscribe('a', () => undefined);
      const refused: unknown[] = [];
      const attempts = [bus.publish('a', () => 1), bus.append('a', () => 1)];
      for (const attempt of attempts) await attempt.catch((error: unknown) => refused.push(error));
      assert.equal(refused.length, 2);
    },
  },
];

const FENCE = 'everything before this has been told';

/** Waits until what was told on topics before this has been heard. */
async function allTold(bus: Bus, ...topics: readonly string[]): Promise<void> {
  for (const topic of topics) {
    let heard: (() => void) | undefined;
    const hearing = new Promise<void>((resolve) => (heard = resolve));
    const stop = await bus.subscribe(topic, (value) => {
      if (value === FENCE) heard?.();
    });
    await bus.publish(topic, FENCE);
    await hearing;
    await stop();
  }
}

async function until(isSo: () => boolean): Promise<void> {
  while (!isSo()) await new Promise((resolve) => setImmediate(resolve));
}

import 'reflect-metadata';
import { Exclude, Expose, Transform, Type } from 'class-transformer';
import { NotPlain, toPlain } from '../../src/mcp/plain.js';
import { toToolResult } from '../../src/mcp/tool-result.js';

class User {
  id = 7;
  @Exclude() password = 'secret';
  @Expose({ name: 'full_name' }) name = 'Ada';
  @Exclude({ toClassOnly: true }) role = 'admin';
  @Transform(({ value }: { value: Date }) => value.getUTCFullYear()) born = new Date(0);
  homepage = new URL('https://example.com/');
  scores = new Float64Array([0.5]);
  tags = new Map([['a', 1n]]);

  @Expose() get greeting(): string {
    return `Hello ${this.name}`;
  }
}

const SHOWN = {
  id: 7,
  full_name: 'Ada',
  role: 'admin',
  born: 1970,
  homepage: 'https://example.com/',
  scores: [0.5],
  tags: { a: '1' },
  greeting: 'Hello Ada',
};

test('an instance is sent as its class exposes it, and what it holds is plain', () => {
  expect(toPlain(new User())).toEqual(SHOWN);
  expect(toPlain({ list: [new User()] })).toEqual({ list: [SHOWN] });
  expect(toToolResult(new User(), 'none')).toEqual({
    content: [{ type: 'text', text: expect.not.stringContaining('secret') }],
    structuredContent: SHOWN,
  });
});

test('a class that excludes all shows what it exposes', () => {
  @Exclude()
  class Account {
    @Expose() id = 1;
    balance = 2;
  }
  expect(toPlain(new Account())).toEqual({ id: 1 });
});

test('rules are kept to in classes that extend, and in members of any depth', () => {
  class Admin extends User {
    rights = ['all'];
  }
  class Team {
    lead = new Admin();
    others = new Set([new User()]);
  }
  const { lead, others } = toPlain(new Team()) as { lead: object; others: object[] };
  expect(lead).toEqual({ ...SHOWN, rights: ['all'] });
  expect(others).toEqual([SHOWN]);
});

test('plain objects under @Type are shown by the class it names', () => {
  class Team {
    @Expose() name = 'one';
    @Type(() => User) users: unknown[] = [{ id: 1, password: 'secret' }];
  }
  expect(toPlain(new Team())).toEqual({
    name: 'one',
    users: [expect.not.objectContaining({ password: 'secret' })],
  });
});

test('toJSON decides before the rules do', () => {
  class Own {
    @Exclude() a = 1;
    toJSON(): unknown {
      return { own: true };
    }
  }
  expect(toPlain(new Own())).toEqual({ own: true });
});

test('a class without rules is sent with its own members', () => {
  class Plain {
    a = 1;
    at = new Date(0);
  }
  expect(toPlain(new Plain())).toEqual({ a: 1, at: '1970-01-01T00:00:00.000Z' });
  expect(toPlain(Object.create({ constructor: 'none' }, { a: { value: 1, enumerable: true } }))).toEqual({
    a: 1,
  });
});

test('a circle through an instance with rules is told by its path, one that is excluded is none', () => {
  class Node {
    @Exclude() parent: unknown;
    @Expose({ name: 'nextOne' }) next: unknown;
    @Type(() => Node) typed: unknown;
  }
  const node = new Node();
  node.parent = node;
  expect(toPlain({ node })).toEqual({ node: {} });
  node.next = [node];
  expect(() => toPlain({ node })).toThrow('a circular structure at result.node.nextOne[0]');
  const round = new Node();
  round.typed = round;
  expect(() => toPlain({ a: [round] })).toThrow(new NotPlain('a circular structure', 'result.a[0]'));
});

test('what a @Transform of the author throws is passed on', () => {
  class Bad {
    @Expose()
    @Transform(({ value }: { value: number }) => value.toFixed(1000))
    price = 1;
  }
  expect(() => toPlain(new Bad())).toThrow(RangeError);
  expect(() => toPlain(new Bad())).not.toThrow(NotPlain);
});

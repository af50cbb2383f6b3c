import { runInThisContext } from 'node:vm';
import { methodTextLoss, readMethodText } from '../../src/text/method-text.js';

/** What a minifier or another compiler leaves: classes made from text. */
const compiled = (text: string): new () => object => runInThisContext(`(${text})`) as new () => object;
const names = (cls: new (...args: never[]) => object, method: string): unknown =>
  readMethodText(cls, method)?.parameters.map((parameter) => parameter.name);

test('names, defaults and doc comment of a method are read', () => {
  class Tools {
    /**
     * Weather forecast for a city.
     * @param city where
     */
    async forecast(city: string, days = 3, unit: string = 'C'): Promise<unknown> {
      return [city, days, unit];
    }
  }
  const text = readMethodText(Tools, 'forecast');
  expect(text?.doc?.description).toBe('Weather forecast for a city.');
  expect(text?.doc?.params.get('city')).toBe('where');
  expect(text?.parameters).toEqual([
    { name: 'city', rest: false, hasDefault: false },
    { name: 'days', rest: false, hasDefault: true, default: { value: 3 } },
    { name: 'unit', rest: false, hasDefault: true, default: { value: 'C' } },
  ]);
});

test('a default that must be evaluated is known to be there, not what it is', () => {
  class Tools {
    at(when = Date.now(), list: unknown[] = [], none = void 0): unknown {
      return [when, list, none];
    }
  }
  expect(readMethodText(Tools, 'at')?.parameters).toEqual([
    { name: 'when', rest: false, hasDefault: true },
    { name: 'list', rest: false, hasDefault: true, default: { value: [] } },
    { name: 'none', rest: false, hasDefault: true },
  ]);
});

test('parameters that are taken apart or take the rest are told', () => {
  class Tools {
    plan(
      { city, at: [x, y] = [0, 0] }: { city?: string; at?: number[] } = {},
      [first]: number[],
      ...others: string[]
    ): unknown {
      return [city, x, y, first, others];
    }
  }
  expect(readMethodText(Tools, 'plan')?.parameters).toEqual([
    { name: undefined, rest: false, hasDefault: true, default: { value: {} } },
    { name: undefined, rest: false, hasDefault: false },
    { name: 'others', rest: true, hasDefault: false },
  ]);
});

test('brackets in strings, templates, patterns and comments do not end a parameter', () => {
  class Tools {
    search(
      quote = ')"{',
      template = `),${((n: number) => `}${n})`)(1)}(`,
      pattern = /[/(,)\]]\)/g,
      /* a comment, with ) */ half = 4 / 2, // and ( another
      call = ((a: number, b = ')') => ({ a, b }))(1),
      last: string,
    ): unknown {
      return [quote, template, pattern, half, call, last];
    }
  }
  expect(names(Tools, 'search')).toEqual(['quote', 'template', 'pattern', 'half', 'call', 'last']);
  expect(readMethodText(Tools, 'search')?.parameters[0]?.default).toEqual({ value: ')"{' });
});

test('generators, accessors, quoted and computed names are read', () => {
  const key = (text: string): string => `${text}d`;
  class Tools {
    /** Streams. */
    async *stream(from: number): AsyncGenerator<number> {
      yield from;
    }
    /** The unit. */
    get unit(): string {
      return 'C';
    }
    /** Computed. */
    [key('compute(')](value: string): string {
      return value;
    }
    /** Quoted. */
    'content(type'(value: string): string {
      return value;
    }
  }
  expect([readMethodText(Tools, 'stream')?.doc?.description, names(Tools, 'stream')]).toEqual([
    'Streams.',
    ['from'],
  ]);
  expect([readMethodText(Tools, 'unit')?.doc?.description, names(Tools, 'unit')]).toEqual(['The unit.', []]);
  expect([readMethodText(Tools, 'compute(d')?.doc?.description, names(Tools, 'compute(d')]).toEqual([
    'Computed.',
    ['value'],
  ]);
  expect([readMethodText(Tools, 'content(type')?.doc?.description, names(Tools, 'content(type')]).toEqual([
    'Quoted.',
    ['value'],
  ]);
});

test('a method is read where it is declared, an overriding one before the ancestor', () => {
  class Base {
    /** From the base. */
    run(target: string): string {
      return target;
    }
    /** Overridden. */
    stop(reason: string): string {
      return reason;
    }
  }
  class Tools extends Base {
    override stop(why: string): string {
      return why;
    }
  }
  expect([readMethodText(Tools, 'run')?.doc?.description, names(Tools, 'run')]).toEqual([
    'From the base.',
    ['target'],
  ]);
  expect([readMethodText(Tools, 'stop')?.doc, names(Tools, 'stop')]).toEqual([undefined, ['why']]);
  expect(readMethodText(Tools, 'absent')).toBeUndefined();
});

test('only the comment directly above belongs to a method', () => {
  class Tools {
    /** Of the field. */
    field = 1;
    bare(a: string): string {
      return a;
    }
    /* no doc comment */
    plain(a: string): string {
      return a;
    }
    /** Of the method, http://a.example. */ // what the model reads
    /* and more */
    noted(a: string): string {
      return a;
    }
    next(a: string): string {
      return a;
    }
  }
  expect(readMethodText(Tools, 'bare')?.doc).toBeUndefined();
  expect(readMethodText(Tools, 'plain')?.doc).toBeUndefined();
  expect(readMethodText(Tools, 'noted')?.doc?.description).toBe('Of the method, http://a.example.');
  expect(readMethodText(Tools, 'next')?.doc).toBeUndefined();
});

test('a static method with the same text does not lend its comment', () => {
  class Tools {
    /** Static. */
    static make(a: string): string {
      return a;
    }
    /** Of the instance. */
    make(a: string): string {
      return a;
    }
  }
  expect(readMethodText(Tools, 'make')?.doc?.description).toBe('Of the instance.');
});

test('the text of a minified class does not count', () => {
  expect(readMethodText(compiled('class T{/** Adds. */add(a,b=1){return a+b}}'), 'add')).toBeUndefined();
});

test('the text of a class that was written on one line counts', () => {
  const cls = compiled(
    'class Tools extends ((of) => class {})({ a: 1 }) { /** Adds. */ add(a, b = 1) { return a + b } }',
  );
  expect(readMethodText(cls, 'add')?.doc?.description).toBe('Adds.');
  expect(methodTextLoss(cls, 'add')).toBeUndefined();
});

test.each([
  ['a minifier', 'class T extends(o=>class{})({ a: 1 }){add(a,b=1){return a+b}}', 'a minifier has been over'],
  [
    'an old target',
    '(() => { function T() {}\n T.prototype.add = function (a, b) {};\n return T; })()',
    'runs as a function',
  ],
  ['a decorator', 'new Proxy(class Tools { add(a, b) {} }, {})', 'runs as a function'],
])('text that %s has taken away is named so', (_, code, cause) => {
  expect(methodTextLoss(compiled(code), 'add')?.cause).toMatch(cause);
});

test('a method that another decorator wrapped is found by its name', () => {
  const Logged: MethodDecorator = (_target, _key, descriptor) => {
    const inner = descriptor.value as unknown as (...args: unknown[]) => unknown;
    return {
      ...descriptor,
      value: function (this: unknown, ...rest: unknown[]) {
        return inner.apply(this, rest);
      } as never,
    };
  };
  class Tools {
    /** Adds two numbers. */
    @Logged
    add(a: number, b = 1): number {
      const add = (x: number, y: number): number => x + y;
      return add(a, b);
    }
  }
  const text = readMethodText(Tools, 'add');
  expect(text?.doc?.description).toBe('Adds two numbers.');
  expect(text?.parameters.map((parameter) => parameter.name)).toEqual(['a', 'b']);
});

test('a function put onto the prototype from elsewhere has no text of the class', () => {
  class Tools {
    keep(a: string): string {
      return a;
    }
  }
  Object.defineProperty(Tools.prototype, 'later', { value: (z: string) => z, configurable: true });
  expect(readMethodText(Tools, 'later')).toBeUndefined();
});

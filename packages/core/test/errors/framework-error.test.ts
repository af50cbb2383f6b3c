import {
  FrameworkError,
  ProtocolError,
  ComponentError,
  ToolError,
  Unavailable,
  type ErrorCode,
} from '@tenon/core';
import { CODES } from '../../src/errors/codes.js';
import { Mistakes } from '../../src/errors/mistakes.js';

const codes = Object.keys(CODES) as ErrorCode[];
const placeholders = (text: string): string[] =>
  [...text.matchAll(/\{(\w+)\}/g)].map(([, name]) => name ?? '');

test.each(codes)('%s tells what happened and what to change, with nothing left to fill in', (code) => {
  const row = CODES[code];
  const names = [...placeholders(row.message), ...placeholders(row.fix)];
  const details = Object.fromEntries(names.map((name) => [name, `<${name}>`]));
  const error = new FrameworkError(code, details as never);
  expect(error.code).toBe(code);
  expect(error.message.startsWith(`${code}: `)).toBe(true);
  expect(error.message.endsWith(error.fix)).toBe(true);
  expect(placeholders(error.message)).toEqual([]);
  for (const name of names) expect(error.message).toMatch(`<${name}>`);
});

test('a detail with a placeholder in it is not filled again', () => {
  expect(new FrameworkError('ERR_HANDLER_EMPTY', { owner: '{owner}' }).fix).toMatch('move {owner} to');
});

test('each kind of error is known by its brand, also from another copy of the package', () => {
  const kinds = [
    [FrameworkError, new FrameworkError('ERR_APP_CLOSED', {})],
    [ProtocolError, new ProtocolError(1, 'm')],
    [ComponentError, new ToolError('m')],
    [Unavailable, new Unavailable('E', { retryAfterMs: 1 })],
  ] as const;
  for (const [kind] of kinds) {
    for (const [other, error] of kinds) expect(kind.is(error)).toBe(kind === (other as unknown));
    for (const value of [undefined, null, 'text', new Error('m'), {}]) expect(kind.is(value)).toBe(false);
    const foreign = Object.defineProperty(new Error('m'), Symbol.for(`tenon.${kind.name}`), { value: true });
    expect(kind.is(foreign)).toBe(true);
  }
});

test('causes are kept', () => {
  const cause = new Error('cause');
  expect(new ToolError('m', { cause }).cause).toBe(cause);
  expect(new ProtocolError(1, 'm', undefined, { cause }).cause).toBe(cause);
  expect(new Unavailable('E', { retryAfterMs: 1, cause }).cause).toBe(cause);
  expect(new FrameworkError('ERR_APP_CLOSED', {}, { cause }).cause).toBe(cause);
});

test('one mistake is thrown itself, several as one that lists them', () => {
  const one = new Mistakes();
  one.add('ERR_HANDLER_EMPTY', { owner: 'A' });
  expect(() => one.throwIfAny('Root')).toThrow(expect.objectContaining({ code: 'ERR_HANDLER_EMPTY' }));
  one.add('ERR_HANDLER_EMPTY', { owner: 'B' });
  let thrown: unknown;
  try {
    one.throwIfAny('Root');
  } catch (error) {
    thrown = error;
  }
  expect(thrown).toMatchObject({ code: 'ERR_APP_MISTAKES' });
  expect((thrown as FrameworkError).errors.map((error) => error.fix)).toHaveLength(2);
  expect(() => new Mistakes().throwIfAny('Root')).not.toThrow();
});

test('a step that makes a mistake is noted, any other throw is not', () => {
  const mistakes = new Mistakes();
  expect(mistakes.attempt(() => 1)).toBe(1);
  expect(
    mistakes.attempt(() => {
      throw new FrameworkError('ERR_APP_CLOSED', {});
    }),
  ).toBeUndefined();
  expect(() => mistakes.attempt(() => JSON.parse('{'))).toThrow(SyntaxError);
  expect(() => mistakes.throwIfAny('Root')).toThrow(expect.objectContaining({ code: 'ERR_APP_CLOSED' }));
});

import * as core from '@tenon/core';
import type { FrameworkError } from '@tenon/core';

class Tools {
  city!: string;
  constructor(readonly limit: number) {}
  ping(a: string) {
    return a;
  }
}

const METHOD = [Tools.prototype, 'ping', Object.getOwnPropertyDescriptor(Tools.prototype, 'ping')];
const PARAMETER = [Tools.prototype, 'ping', 0];
const CONSTRUCTED = [Tools, undefined, 0];
const FIELD = [Tools.prototype, 'city'];
const CLASS = [Tools];

/** What compilers call a decorator with that is written without its parentheses. */
function bare(name: string, on: readonly unknown[]): FrameworkError {
  const decorator = (core as unknown as Record<string, (...on: unknown[]) => unknown>)[name];
  try {
    decorator?.(...on);
  } catch (error) {
    return error as FrameworkError;
  }
  throw new Error(`@${name} was taken`);
}

test.each([
  ['Tool', METHOD, '@Tool()'],
  ['Resource', METHOD, "@Resource('data://config')"],
  ['Prompt', METHOD, '@Prompt()'],
  ['Complete', METHOD, "@Complete('target', 'argument')"],
  ['OnSession', METHOD, '@OnSession()'],
  ['UseMiddleware', METHOD, '@UseMiddleware(Class)'],
  ['Tags', METHOD, "@Tags('name')"],
  ['Meta', METHOD, '@Meta({ … })'],
  ['ReadOnly', METHOD, '@ReadOnly()'],
  ['Hidden', CLASS, '@Hidden()'],
  ['Args', PARAMETER, '@Args()'],
  ['Arg', PARAMETER, "@Arg('name')"],
  ['Ctx', PARAMETER, '@Ctx()'],
  ['Optional', PARAMETER, '@Optional()'],
  ['Inject', PARAMETER, '@Inject(Token)'],
  ['Inject', CONSTRUCTED, '@Inject(Token)'],
  ['Env', FIELD, '@Env()'],
  ['Secret', FIELD, '@Secret()'],
  ['Description', FIELD, "@Description('…')"],
  ['InHeader', FIELD, "@InHeader('Name')"],
  ['Injectable', CLASS, '@Injectable()'],
  ['Middleware', CLASS, '@Middleware()'],
  ['McpModule', CLASS, "@McpModule({ name: '…', handlers: […] })"],
])('@%s without its parentheses is told how it is written', (name, on, written) => {
  const error = bare(name, on);
  expect(error.code).toBe('ERR_DECORATOR_MISUSE');
  expect(error.message).toMatch(
    /on (Tools|Tools\.ping|Tools\.city|the constructor of Tools) is written without/,
  );
  expect(error.fix).toBe(`Write ${written} instead of @${name}.`);
});

import {
  createApp,
  FrameworkError,
  type Constructor,
  type CreateOptions,
  type DynamicModule,
} from '@tenon/core';

/** What is told of a module when an app is created of it. */
export function mistake(module: Constructor | DynamicModule, options: CreateOptions = {}): FrameworkError {
  return thrown(() => createApp(module, options));
}

/** The mistake that a step throws; of several, the one that lists them. */
export function thrown(step: () => unknown): FrameworkError {
  try {
    step();
  } catch (error) {
    if (FrameworkError.is(error)) return error;
    throw error;
  }
  throw new Error('no mistake was found');
}

import { exposedOf } from '../../src/mcp/exposed.js';

const mockLoaded = jest.fn();
// Whether class-transformer is loaded is what is tested.
jest.mock('class-transformer/cjs/storage.js', () => {
  mockLoaded();
  return {};
});

test('class-transformer is not loaded by who does not use it', () => {
  expect(exposedOf(new (class Forecast {})())).toBeUndefined();
  expect(mockLoaded).not.toHaveBeenCalled();
  jest.requireMock('class-transformer/cjs/storage.js');
  expect(mockLoaded).toHaveBeenCalled();
});

import type { Verdict } from './count.js';
import { compareToFloor, raiseFloor, type Floor } from './floor.js';

const verdicts: readonly Verdict[] = [
  { name: 'ping', passed: true, reasons: [] },
  { name: 'tools-list', passed: true, reasons: [] },
  { name: 'caching', passed: false, reasons: ['no check of its own succeeded'] },
  { name: 'json-schema-2020-12', passed: true, reasons: [] },
];
const scored = ['ping', 'tools-list', 'caching'];

describe('a run compared to its floor', () => {
  test('is below it where a scenario of the floor did not pass', () => {
    expect(compareToFloor(verdicts, scored, ['ping', 'caching']).below).toEqual(['caching']);
  });

  test('is below it where a scenario of the floor was not run', () => {
    expect(compareToFloor(verdicts, scored, ['renamed']).below).toEqual(['renamed']);
  });

  test('is above it with what passed, is scored and not in it', () => {
    expect(compareToFloor(verdicts, scored, ['ping']).above).toEqual(['tools-list']);
  });

  test('counts what passed of the scored and of the floor, each once', () => {
    expect(compareToFloor(verdicts, scored, []).passed).toBe(2);
    expect(compareToFloor(verdicts, scored, ['ping', 'json-schema-2020-12']).passed).toBe(3);
  });
});

describe('raising the floor', () => {
  const floor: Floor = {
    http: { '2025-11-25': ['tools-list'], '2026-07-28': ['caching'], '0.1.16': [] },
    stdio: { '2025-11-25': [], '2026-07-28': [], '0.1.16': [] },
    plugin: { '2025-11-25': [], '2026-07-28': [], '0.1.16': [] },
  };
  const place = { transport: 'http', set: '2025-11-25' } as const;

  test('adds in order and leaves the other places alone', () => {
    expect(raiseFloor(floor, place, ['ping'])).toEqual({
      ...floor,
      http: { ...floor.http, '2025-11-25': ['ping', 'tools-list'] },
    });
  });

  test('never takes a scenario out', () => {
    expect(raiseFloor(floor, place, [])).toEqual(floor);
  });
});

import { judge, judgeAll, type Check } from './count.js';

const WIRE: Check = { id: 'wire-schema-valid', status: 'SUCCESS' };

describe('a scenario', () => {
  test('passes with a success of its own and no failure', () => {
    expect(judge('ping', [{ id: 'ping', status: 'SUCCESS' }, WIRE])).toEqual({
      name: 'ping',
      passed: true,
      reasons: [],
    });
  });

  test('passes in spite of warnings, notes and skipped checks beside its success', () => {
    const checks = ['INFO', 'WARNING', 'SKIPPED', 'SUCCESS'].map((status) => ({ id: status, status }));
    expect(judge('any', checks).passed).toBe(true);
  });

  test('does not pass on the tick for the message the suite itself sent', () => {
    expect(judge('ping', [WIRE])).toEqual({
      name: 'ping',
      passed: false,
      reasons: ['no check of its own succeeded'],
    });
  });

  test('does not pass with a warning alone, as against a closed port', () => {
    const warning = {
      id: 'sep-2322-ignore-unexpected-params',
      status: 'WARNING',
      errorMessage: 'Failed: fetch failed',
    };
    expect(judge('input-required-result-ignore-extra-params', [warning, WIRE])).toMatchObject({
      passed: false,
      reasons: [
        'no check of its own succeeded',
        'sep-2322-ignore-unexpected-params (warning): Failed: fetch failed',
      ],
    });
  });

  test('does not pass when everything was skipped', () => {
    const skipped = { id: 'tasks-status-notifications', status: 'SKIPPED' };
    expect(judge('tasks-status-notifications', [skipped]).passed).toBe(false);
  });

  test('does not pass without any check', () => {
    expect(judge('server-sse-multiple-streams', []).passed).toBe(false);
  });

  test('does not pass when it threw and left no record', () => {
    expect(judge('caching', undefined)).toMatchObject({
      passed: false,
      reasons: ['wrote no checks: it was not run, or threw'],
    });
  });

  test('does not pass with one failure among its successes', () => {
    const checks = [
      { id: 'sep-2164-no-empty-contents', status: 'SUCCESS' },
      { id: 'sep-2164-data-uri', status: 'FAILURE', errorMessage: 'No JSON-RPC error\n  received' },
      WIRE,
    ];
    expect(judge('sep-2164-resource-not-found', checks)).toMatchObject({
      passed: false,
      reasons: ['sep-2164-data-uri: No JSON-RPC error received'],
    });
  });

  test('does not pass when a message of the server breaks the schema', () => {
    const checks = [
      { id: 'ping', status: 'SUCCESS' },
      { ...WIRE, status: 'FAILURE' },
    ];
    expect(judge('ping', checks)).toMatchObject({ passed: false, reasons: ['wire-schema-valid'] });
  });
});

describe('a scenario that a refusal passes', () => {
  const success = (id: string): readonly Check[] => [{ id, status: 'SUCCESS' }];
  const refused = [
    ['sep-2164-resource-not-found', 'resources-read-text'],
    ['input-required-result-unsupported-methods', 'input-required-result-basic-elicitation'],
    ['input-required-result-validate-input', 'input-required-result-basic-elicitation'],
  ] as const;

  test.each(refused)('%s counts only where %s passes', (name, shownBy) => {
    const alone = new Map([[name, success('refused')]]);
    expect(judgeAll([name, shownBy], alone)).toMatchObject([
      { name, passed: false, reasons: [expect.stringContaining(shownBy)] },
      { name: shownBy, passed: false },
    ]);
    const both = new Map([...alone, [shownBy, success('shown')]]);
    expect(judgeAll([name, shownBy], both).map(({ passed }) => passed)).toEqual([true, true]);
  });

  test('keeps the reasons of its own where it does not pass', () => {
    const failed: Check = { id: 'sep-2164-no-empty-contents', status: 'FAILURE' };
    expect(
      judgeAll(['sep-2164-resource-not-found'], new Map([['sep-2164-resource-not-found', [failed]]])),
    ).toEqual([
      { name: 'sep-2164-resource-not-found', passed: false, reasons: ['sep-2164-no-empty-contents'] },
    ]);
  });
});

import { isModern, META, ProtocolError, readModern, type Params } from '@tenon/core';

const whole = {
  [META.version]: '2026-07-28',
  [META.capabilities]: { sampling: {} },
  [META.clientInfo]: { name: 'c', version: '1', extra: true },
  [META.logLevel]: 'warning',
};

function refusal(params: Params | undefined): ProtocolError {
  try {
    readModern(params);
  } catch (error) {
    if (ProtocolError.is(error)) return error;
    throw error;
  }
  throw new Error('it was not refused');
}

test('an envelope says revision, sender and log level', () => {
  expect(readModern({ _meta: whole })).toEqual({
    version: '2026-07-28',
    peer: { info: { name: 'c', version: '1' }, capabilities: { sampling: {} } },
    logLevel: 'warning',
  });
});

test('who sends and what it hears may be left out', () => {
  const { [META.clientInfo]: _info, [META.logLevel]: _level, ...least } = whole;
  expect(readModern({ _meta: least })).toMatchObject({ peer: { info: undefined }, logLevel: undefined });
});

test.each([undefined, {}, { _meta: null }, { _meta: {} }, { _meta: { [META.version]: 7 } }])(
  '%p names no revision',
  (params) => {
    expect(refusal(params as Params).code).toBe(-32602);
  },
);

test.each([undefined, null, [], 'x'])('capabilities that are %p are refused by name', (capabilities) => {
  const error = refusal({ _meta: { ...whole, [META.capabilities]: capabilities } });
  expect(error.code).toBe(-32602);
  expect(error.message).toMatch(META.capabilities);
});

test('a revision this server does not speak is refused with those it does', () => {
  const error = refusal({ _meta: { ...whole, [META.version]: '2030-01-01' } });
  expect(error.code).toBe(-32022);
  expect(error.data).toEqual({ supported: ['2026-07-28'], requested: '2030-01-01' });
});

test('an unknown log level is refused', () => {
  expect(refusal({ _meta: { ...whole, [META.logLevel]: 'loud' } }).code).toBe(-32602);
});

test('a client that says half of its name has none', () => {
  expect(readModern({ _meta: { ...whole, [META.clientInfo]: { name: 'c' } } }).peer.info).toBeUndefined();
});

test('a message is of the newer era if it names a revision in _meta, whichever', () => {
  expect(isModern({ _meta: { [META.version]: 'anything' } })).toBe(true);
  for (const params of [undefined, {}, { _meta: {} }, { _meta: null }, { _meta: { progressToken: 1 } }])
    expect(isModern(params as Params)).toBe(false);
});

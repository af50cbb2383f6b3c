import { Exchange, Principal, Session } from '@tenon/core';

class Wire extends Exchange {
  readonly era = 'modern';
  readonly version = '2026-07-28';
  readonly peer = { info: undefined, capabilities: {} };
  readonly principal = undefined;
  readonly session = undefined;
  readonly http = undefined;
  readonly logLevel = undefined;
  watched = 0;
  notify() {
    // nothing listens
  }
  protected override watch() {
    this.watched++;
  }
}

test('a signal made before or after the cancellation is aborted with its reason', () => {
  const before = new Wire();
  const { signal } = before;
  before.cancel('enough');
  before.cancel('again');
  const after = new Wire();
  after.cancel('enough');
  for (const each of [signal, before.signal, after.signal]) {
    expect(each.aborted).toBe(true);
    expect(each.reason).toMatchObject({ name: 'AbortError', message: 'enough' });
  }
});

test('who waits for a cancellation is called once, at once if it has happened', () => {
  const wire = new Wire();
  let calls = 0;
  wire.onCancel(() => calls++);
  wire.cancel();
  wire.cancel();
  expect(calls).toBe(1);
  wire.onCancel(() => calls++);
  expect(calls).toBe(2);
});

test('a binding watches from the first time somebody waits, once', () => {
  const wire = new Wire();
  expect(wire.watched).toBe(0);
  expect(wire.signal).toBe(wire.signal);
  wire.onCancel(() => undefined);
  wire.onCancel(() => undefined);
  expect(wire.watched).toBe(1);
  const other = new Wire();
  other.onCancel(() => undefined);
  expect(other.signal.aborted).toBe(false);
  expect(other.watched).toBe(1);
});

test('a session cancels what is under way by its id, and all of it when it ends', () => {
  const session = new Session('s');
  const cancelled: string[] = [];
  const request = (name: string) => ({
    cancel: (reason?: string) => void cancelled.push(`${name} ${reason}`),
  });
  const [first, second, third] = [request('first'), request('second'), request('third')];
  session.begin(0, first);
  session.begin('0', second);
  session.begin(1, third);
  expect(session.busy).toBe(3);
  session.cancel(0, 'why');
  session.finish(0, first);
  session.cancel(0, 'late');
  let ended = 0;
  session.onEnd(() => ended++);
  session.end();
  session.end();
  expect(cancelled).toEqual(['first why', 'second The session has ended', 'third The session has ended']);
  expect([session.ended, session.busy, ended]).toEqual([true, 0, 1]);
});

// verifies 2025:23
test('the id of a cancelled request is free at once, and what ends later does not forget who has it now', () => {
  const session = new Session('s');
  const old = { cancel: jest.fn(), drop: jest.fn() };
  const young = { cancel: jest.fn() };
  session.begin(1, old);
  expect(() => {
    session.begin(1, young);
  }).toThrow(expect.objectContaining({ code: -32600 }));
  session.cancel(1, 'enough');
  expect([old.cancel.mock.calls, old.drop.mock.calls]).toEqual([[['enough']], [[]]]);
  session.begin(1, young);
  session.finish(1, old);
  session.cancel(1, undefined);
  expect(young.cancel).toHaveBeenCalledTimes(1);
});

test('a principal is the same by issuer, tenant, subject and client, and by nothing else', () => {
  const of = { issuer: 'i', subject: 's', clientId: 'c', tenant: 't' };
  const { key } = new Principal({ ...of, scopes: ['a'], claims: { x: 1 } });
  expect(new Principal(of).key).toBe(key);
  for (const other of [{ issuer: 'x' }, { subject: 'x' }, { clientId: 'x' }, { tenant: 'x' }])
    expect(new Principal({ ...of, ...other }).key).not.toBe(key);
  expect(new Principal({ issuer: 'a', subject: 'b,c' }).key).not.toBe(
    new Principal({ issuer: 'a,b', subject: 'c' }).key,
  );
});

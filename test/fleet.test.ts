import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import {
  describeWith,
  REDIS,
  start,
  type RunningServer,
} from '../packages/storage/test/servers/debian-server.js';
import { CAPABILITIES, HttpWire } from './protocol/http-wire.js';

interface Member {
  readonly child: ChildProcess;
  readonly wire: HttpWire;
}

const PROGRAM = join(import.meta.dirname, 'programs/fleet-server.mjs');

describeWith(REDIS, 'three processes that share a Redis and their secrets', () => {
  let redis: RunningServer;
  let members: Member[];
  let turn = 0;

  beforeAll(async () => {
    redis = await start(REDIS);
    members = await Promise.all([1, 2, 3].map(member));
  });
  afterAll(async () => {
    for (const { child } of members) child.kill('SIGKILL');
    await redis.stop();
  });

  async function member(): Promise<Member> {
    const args = [PROGRAM, String(redis.port)];
    const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'ignore'] });
    const lines: string[] = [];
    while (!lines.join('').includes('\n')) {
      const [bytes] = (await once(child.stdout, 'data')) as [Buffer];
      lines.push(String(bytes));
    }
    return { child, wire: new HttpWire(lines.join('').trim()) };
  }

  /** A call of 2026-07-28, by whoever's turn it is. */
  async function call(name: string, more: object = {}) {
    const { wire } = members[turn++ % members.length] as Member;
    const meta = { [CAPABILITIES]: { elicitation: { form: {} } } };
    return (await wire.modern('tools/call', { name, ...more }, { meta })).message;
  }

  const structured = async (name: string, more: object = {}) =>
    (await call(name, more)).result.structuredContent as Record<string, unknown>;

  test('what one has kept the next one finds', async () => {
    await structured('keep');
    await structured('keep');
    const { by } = await structured('keep');
    expect(by).toEqual(members.map(({ child }) => child.pid));
  });

  test('what one has asked another goes on with, and does not do again what was done', async () => {
    const first = (await call('asks')).result;
    expect(first.resultType).toBe('input_required');
    const { inputRequests, requestState } = first as { inputRequests: object; requestState: string };
    const [question = ''] = Object.keys(inputRequests);
    const inputResponses = { [question]: { action: 'accept', content: { value: 'Ada' } } };
    const { begun, ended, answer } = await structured('asks', { inputResponses, requestState });
    expect(answer).toBe('Ada');
    expect(members.map(({ child }) => child.pid)).toEqual(expect.arrayContaining([begun, ended]));
    expect(begun).not.toBe(ended);
  });

  test('a limit is one for all of them', async () => {
    const answers = await Promise.all(Array.from({ length: 12 }, () => call('limited')));
    expect(answers.filter(({ result }) => result !== undefined)).toHaveLength(5);
  });

  test('a session of 2025-11-25 is known to the process that has opened it alone', async () => {
    const [own, other] = members as [Member, Member];
    const session = await own.wire.session();
    const listed = { jsonrpc: '2.0', id: 2, method: 'tools/list' };
    expect((await own.wire.send(listed, session.headers)).status).toBe(200);
    expect((await other.wire.send(listed, session.headers)).status).toBe(404);
  });

  test('when one is killed the others go on with what it has kept and asked', async () => {
    const asked = (await call('asks')).result as { inputRequests: object; requestState: string };
    const killed = members.splice((turn - 1) % members.length, 1)[0] as Member;
    killed.child.kill('SIGKILL');
    await once(killed.child, 'exit');
    const [question = ''] = Object.keys(asked.inputRequests);
    const inputResponses = { [question]: { action: 'accept', content: { value: 'Ada' } } };
    const { begun } = await structured('asks', { inputResponses, requestState: asked.requestState });
    expect(begun).toBe(killed.child.pid);
    expect((await structured('keep')).by).toContain(killed.child.pid);
  });
});

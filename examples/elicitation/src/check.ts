import { eachWay, overHttp, textOf, type CheckingClient } from '@tenon-examples/checking';
import assert from 'node:assert/strict';

interface Asked {
  readonly mode?: string;
  readonly message: string;
  readonly url?: string;
  readonly requestedSchema?: { readonly properties: Record<string, Record<string, unknown>> };
}

/** What the person will say next, and what has been asked. */
const replies: object[] = [];
const asked: Asked[] = [];
const answers = {
  'elicitation/create': (question: Asked) => {
    asked.push(question);
    return replies.shift();
  },
};
const main = new URL('./main.js', import.meta.url);
await eachWay(main, check, { answers });
await overHttp(main, async ({ connect }) => {
  const old = await (await connect('2025-11-25')).callTool('confirmAction', { action: 'launch' });
  assert.equal(old.isError, true);
  assert.match(textOf(old), /does not support elicitation/);
  const client = await connect('2026-07-28');
  await assert.rejects(client.callTool('confirmAction', { action: 'launch' }), { code: -32021 });
});

function personSays(...said: object[]): void {
  replies.splice(0, replies.length, ...said);
  asked.length = 0;
}

async function check(client: CheckingClient): Promise<void> {
  const confirm = () => client.callTool('confirmAction', { action: 'delete' });
  personSays(accept({ value: 'yes' }), accept({ value: 'no' }), { action: 'decline' });
  assert.deepEqual((await confirm()).structuredContent, { status: 'completed', action: 'delete' });
  assert.deepEqual((await confirm()).structuredContent, { status: 'cancelled', action: 'delete' });
  assert.equal(textOf(await confirm()), 'The person declined to answer');
  assert.equal(asked[0]?.message, 'Confirm delete? (yes/no)');
  assert.deepEqual(asked[0]?.requestedSchema, {
    type: 'object',
    properties: { value: { type: 'string' } },
    required: ['value'],
  });

  personSays(accept({ name: 'Ada', guests: 4 }), accept({ value: 'terrace' }));
  const booked = (await client.callTool('bookTable')).structuredContent;
  assert.deepEqual(
    { ...booked, table: 'T' },
    { status: 'reserved', table: 'T', name: 'Ada', guests: 4, place: 'terrace' },
  );
  const [form, place] = asked.map(({ requestedSchema }) => requestedSchema?.properties);
  assert.deepEqual(form?.guests, {
    type: 'integer',
    minimum: 1,
    maximum: 8,
    default: 2,
    description: 'How many you are.',
  });
  assert.deepEqual(place?.value?.oneOf, [
    { const: 'inside', title: 'Inside' },
    { const: 'terrace', title: 'On the terrace' },
  ]);

  personSays({ action: 'cancel' });
  assert.deepEqual((await client.callTool('bookTable')).structuredContent, { status: 'cancelled' });
  personSays(accept({ name: 'Ada', guests: 40 }));
  assert.match(textOf(await client.callTool('bookTable')), /guests/);

  personSays({ action: 'accept' });
  assert.equal(textOf(await client.callTool('payDeposit', { table: 'T1' })), 'The person is paying');
  assert.deepEqual([asked[0]?.mode, asked[0]?.url], ['url', 'https://restaurant.example/deposit/T1']);
}

function accept(content: object): object {
  return { action: 'accept', content };
}

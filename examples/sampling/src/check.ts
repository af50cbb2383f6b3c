import { eachWay, overHttp, textOf, type CheckingClient } from '@tenon-examples/checking';
import assert from 'node:assert/strict';

interface Request {
  readonly messages: readonly { readonly content: unknown }[];
  readonly tools?: readonly { readonly name: string }[];
}

const requests: Request[] = [];
const answers = {
  'sampling/createMessage': (request: Request) => {
    requests.push(request);
    return { role: 'assistant', model: 'client-model', content: contentFor(request) };
  },
};

/** A model that looks up an order before it answers, if it may. */
function contentFor({ messages, tools }: Request): object {
  if (!tools) return { type: 'text', text: 'Fresh bread, every morning.' };
  if (messages.length === 1)
    return { type: 'tool_use', id: 'look-up', name: 'orderStatus', input: { order: '17' } };
  return { type: 'text', text: `Your order: ${JSON.stringify(messages.at(-1)?.content)}` };
}

const main = new URL('./main.js', import.meta.url);
await eachWay(main, check, { answers });
await overHttp(main, async ({ connect }) => {
  for (const version of ['2025-11-25', '2026-07-28'] as const) {
    const enhanced = await (await connect(version)).callTool('enhanceText', { text: 'We sell bread' });
    assert.match(textOf(enhanced), /^The house's own model was asked: You are a professional copywriter/);
  }
});

async function check(client: CheckingClient): Promise<void> {
  requests.length = 0;
  const enhanced = await client.callTool('enhanceText', { text: 'We sell bread' });
  assert.equal(textOf(enhanced), 'Fresh bread, every morning.');
  const [{ _meta, ...asked }] = requests as unknown as [{ _meta?: unknown }];
  assert.deepEqual(asked, {
    messages: [{ role: 'user', content: { type: 'text', text: 'Enhance this text: We sell bread' } }],
    systemPrompt: 'You are a professional copywriter.',
    temperature: 0.7,
    maxTokens: 500,
  });

  requests.length = 0;
  const { structuredContent } = await client.callTool('draftReply', { question: 'Where is order 17?' });
  const { reply, messages } = structuredContent as { reply: string; messages: number };
  assert.match(reply, /left the warehouse on Monday/);
  assert.equal(messages, 4, 'question, call of the tool, its result, answer');
  assert.deepEqual(
    requests.map(({ tools }) => tools?.map(({ name }) => name)),
    [['orderStatus'], ['orderStatus']],
  );
}

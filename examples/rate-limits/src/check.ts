import { eachWay, overHttp, textOf, type CheckingClient } from '@tenon-examples/checking';
import assert from 'node:assert/strict';

const main = new URL('./main.js', import.meta.url);
await eachWay(main, check);
const log = (
  await overHttp(main, async ({ connect }) => {
    const client = await connect('2026-07-28');
    await client.callTool('position', { star: 'Vega' });
    await assert.rejects(client.callTool('position', { star: 'Vulcan' }));
  })
).join('\n');
assert.match(log, /Request tools\/call completed in \d+\.\d\dms/);
assert.match(log, /event=request_success method=tools\/call .* duration_ms=\d/);
assert.match(log, /Error in tools\/call: NotFoundError: No star Vulcan in plate index 7/);

async function check(client: CheckingClient): Promise<void> {
  const { structuredContent } = await client.callTool('position', { star: 'Vega' });
  assert.deepEqual(structuredContent, { rightAscension: 18.62, declination: 38.78 });

  for (const star of ['Vega', 'Altair'])
    assert.match(textOf(await client.callTool('expose', { star })), /^A plate of/);
  await assert.rejects(client.callTool('expose', { star: 'Vega' }), (error: Error & Answered) => {
    assert.equal(error.code, 429);
    assert.match(error.message, /Rate limit exceeded: 2 requests in 3600 s\. Try again in \d+ s/);
    assert.ok(error.data.retryAfterMs > 3_500_000 && error.data.retryAfterMs <= 3_600_000);
    return true;
  });
  const demand = (await client.callTool('demand')).structuredContent as { denied: number };
  assert.equal(demand.denied, 0, 'other requests are let through');

  await assert.rejects(client.callTool('position', { star: 'Vulcan' }), (error: Error & Answered) => {
    assert.equal(error.code, 404);
    assert.match(error.message, /Not found \(ref \w+\)$/, 'the text of the error stays inside');
    return true;
  });
}

/** A JSON-RPC error, as both clients throw it. */
interface Answered {
  readonly code: number;
  readonly data: { readonly retryAfterMs: number };
}

import { eachWay, textOf } from '@tenon-examples/checking';
import assert from 'node:assert/strict';

await eachWay(new URL('./main.js', import.meta.url), async (client) => {
  const [connection, delays, , platform] = await client.listTools();
  assert.deepEqual(connection?.outputSchema?.required, ['departs', 'minutes', 'legs']);
  const { legs, minutes } = connection.outputSchema.properties as Record<string, Record<string, unknown>>;
  assert.equal(minutes?.description, 'How long it takes, in minutes.');
  assert.equal(legs?.type, 'array');
  assert.deepEqual(delays?.outputSchema?.required, ['result'], 'what is no object is sent inside of one');
  assert.equal(platform?.outputSchema, undefined);

  const found = await client.callTool('connection', { from: 'Basel', to: 'Thun' });
  assert.deepEqual(found.structuredContent, {
    departs: '2026-08-01T08:02:00Z',
    minutes: 97,
    legs: [
      { train: 'IC 8', from: 'Basel', to: 'Bern' },
      { train: 'RE 12', from: 'Bern', to: 'Thun' },
    ],
  });
  assert.deepEqual(JSON.parse(textOf(found)), found.structuredContent, 'the text says the same');

  const late = await client.callTool('delays');
  assert.deepEqual(late.structuredContent, { result: [{ train: 'IC 8', minutes: 4 }] });
  assert.equal(textOf(late), '[{"train":"IC 8","minutes":4}]');

  const fare = await client.callTool('fare', { kilometres: 100, halfFare: true });
  assert.equal(textOf(fare), 'It costs 15 francs with a half-fare card.');
  assert.deepEqual(fare.structuredContent, { francs: 15, halfFare: true });

  const { structuredContent } = await client.callTool('platform', { train: 'IC 8' });
  assert.deepEqual(structuredContent, { train: 'IC 8', platform: 4 });

  assert.deepEqual((await client.callTool('lastRun', { train: 'IC 8' })).structuredContent, {
    train: 'IC 8',
    arrived: '2026-08-01T09:39:00.000Z',
    passengers: '1204',
    platforms: { Bern: 4 },
    speeds: [0, 120.5, 160],
  });
  assert.deepEqual((await client.callTool('speeds')).structuredContent, { result: [0, 120.5, 160] });

  const broken = await client.callTool('nightTrain');
  assert.equal(broken.isError, true);
  assert.equal(broken.structuredContent, undefined);
});

import { eachWay } from '@tenon-examples/checking';
import assert from 'node:assert/strict';

const DAYS = { degrees: [4, 12, 7] };

await eachWay(new URL('./main.js', import.meta.url), async (client) => {
  const [chart] = (await client.callTool('chart', DAYS)).content;
  assert.ok(chart?.type === 'image' && chart.mimeType === 'image/png');
  const png = Buffer.from(chart.data, 'base64');
  assert.equal(png.toString('latin1', 1, 4), 'PNG');
  assert.deepEqual([png.readUInt32BE(16), png.readUInt32BE(20)], [24, 12], 'three bars, the highest of 12');

  const [warning] = (await client.callTool('warning')).content;
  assert.ok(warning?.type === 'audio' && warning.mimeType === 'audio/wav');
  assert.equal(Buffer.from(warning.data, 'base64').toString('latin1', 0, 4), 'RIFF');

  assert.deepEqual((await client.callTool('report', DAYS)).content, [
    {
      type: 'resource',
      resource: { uri: 'file:///days.csv', mimeType: 'text/csv', text: 'day,degrees\n1,4\n2,12\n3,7' },
    },
    {
      type: 'resource',
      resource: {
        uri: 'weather://legend.txt',
        mimeType: 'text/plain',
        text: 'day: the day of the month\ndegrees: the highest temperature in °C\n',
      },
    },
  ]);

  const { content } = await client.callTool('summary', DAYS);
  assert.deepEqual(
    content.map((block) => block.type),
    ['text', 'image', 'resource_link'],
  );
  assert.deepEqual(content[0], { type: 'text', text: 'The warmest day had 12 °C.' });

  const { messages } = await client.getPrompt('guess');
  assert.deepEqual(
    messages.map((message) => message.content.type),
    ['text', 'image'],
  );
});

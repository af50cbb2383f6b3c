import { eachWay } from '@tenon-examples/checking';
import assert from 'node:assert/strict';

await eachWay(new URL('./main.js', import.meta.url), async (client) => {
  const { websiteUrl, icons = [] } = client.server ?? {};
  assert.equal(websiteUrl, 'https://weather.example.com');
  const [cloud] = icons.slice(3);
  assert.deepEqual(icons.slice(0, 3), [
    { src: 'https://example.com/icon-small.png', sizes: ['16x16'] },
    { src: 'https://weather.example.com/icon-32.png', sizes: ['32x32'] },
    { src: 'https://weather.example.com/icon-64.png', sizes: ['64x64'], theme: 'dark' },
  ]);
  assert.match(cloud?.src ?? '', /^data:image\/svg\+xml;base64,/);
  assert.deepEqual(cloud?.sizes, ['any']);

  const [tool] = await client.listTools();
  assert.deepEqual(tool?.icons, [{ src: 'https://example.com/tool-icon.png' }]);
  const [prompt] = await client.listPrompts();
  assert.deepEqual(prompt?.icons, [{ src: 'https://example.com/prompt-icon.png' }]);
  const [warnings] = await client.listResources();
  assert.deepEqual(warnings?.icons, [{ src: 'https://weather.example.com/warnings.png' }]);

  const [sky] = await client.listResourceTemplates();
  const [sun] = sky?.icons ?? [];
  assert.deepEqual([sun?.mimeType, sun?.sizes], ['image/png', ['32x32']]);
  const [, data = ''] = sun?.src.split('data:image/png;base64,') ?? [];
  assert.equal(Buffer.from(data, 'base64').toString('latin1', 1, 4), 'PNG');
});

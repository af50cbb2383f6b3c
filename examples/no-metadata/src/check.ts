import { eachWay, textOf, type CheckingClient } from '@tenon-examples/checking';
import { build } from 'esbuild';
import assert from 'node:assert/strict';
import { fileURLToPath } from 'node:url';

const program = new URL('./bundle/main.mjs', import.meta.url);
await build({
  entryPoints: [fileURLToPath(new URL('../src/main.ts', import.meta.url))],
  outfile: fileURLToPath(program),
  bundle: true,
  packages: 'external',
  format: 'esm',
  platform: 'node',
  target: 'es2022',
  // Neither comments nor names of parameters are left, nor any type.
  minify: true,
  logLevel: 'error',
});
await eachWay(program, check);

async function check(client: CheckingClient): Promise<void> {
  const [temperature] = await client.listTools();
  assert.equal(temperature?.name, 'temperature');
  assert.equal(temperature.description, 'How warm it is at a station.');
  assert.deepEqual(temperature.inputSchema.properties, {
    station: { type: 'string', description: 'The name of the station.' },
    fahrenheit: { type: 'boolean' },
  });
  assert.deepEqual(temperature.inputSchema.required, ['station']);
  assert.deepEqual(temperature.outputSchema?.required, ['degrees', 'unit']);

  const { result, progress } = await client.callWithProgress('temperature', { station: 'Lugano' });
  assert.deepEqual(result.structuredContent, { degrees: 19, unit: 'C' });
  assert.deepEqual(progress, [{ progress: 1, total: 1, message: 'measured' }]);
  const cold = await client.callTool('temperature', { station: 'Säntis', fahrenheit: true });
  assert.equal((cold.structuredContent as { unit: string }).unit, 'F');
  assert.equal(textOf(await client.callTool('temperature', { station: 'Rigi' })), 'There is no station Rigi');
  assert.match(textOf(await client.callTool('temperature', { station: 7 })), /station/);

  const [weather] = await client.readResource('weather://Lugano');
  assert.equal(weather && 'text' in weather && weather.text, '{"station":"Lugano","celsius":19}');
  const { messages } = await client.getPrompt('clothes', { station: 'Lugano' });
  assert.deepEqual(messages[0]?.content, { type: 'text', text: 'What should I wear at Lugano today?' });
  const names = await client.complete(
    { type: 'ref/prompt', name: 'clothes' },
    { name: 'station', value: 'L' },
  );
  assert.deepEqual(names, ['Lugano']);
}

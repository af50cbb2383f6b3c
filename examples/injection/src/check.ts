import { eachWay, textOf, type CheckingClient } from '@tenon-examples/checking';
import assert from 'node:assert/strict';
import { createTestServer, RecordingLogger } from 'tenon/testing';
import { AppModule } from './app.module.js';
import { CURRENCY } from './currency.js';
import { ExchangeRates } from './exchange-rates.js';

await eachWay(new URL('./main.js', import.meta.url), check);
await checkWithOthers();

async function check(client: CheckingClient): Promise<void> {
  const [quote] = await client.listTools();
  assert.deepEqual(Object.keys(quote?.inputSchema.properties ?? {}), ['first', 'second']);

  const books = { first: 'Emma', second: 'Solaris' };
  const one = textOf(await client.callTool('quote', books)).split('\n');
  assert.deepEqual(one.slice(1), ['Emma: 12 EUR', 'Solaris: 16 EUR'], 'both lines are in one quote');
  const two = textOf(await client.callTool('quote', books)).split('\n');
  const number = ([line]: string[]) => Number(line?.replace('Quote ', ''));
  assert.equal(number(two), number(one) + 1, 'the next call has a quote of its own');
  assert.equal(two.length, 3);

  assert.equal(textOf(await client.callTool('convert', { title: 'Emma', currency: 'CHF' })), '11.40 CHF');
  assert.equal(
    textOf(await client.callTool('convert', { title: 'Emma', currency: 'XXX' })),
    'We take no XXX',
  );
}

/** Whatever is injected can be replaced in a test. */
async function checkWithOthers(): Promise<void> {
  const logger = new RecordingLogger();
  const rates = new ExchangeRates(new Map([['JPY', 150]]));
  await using server = await createTestServer(AppModule, {
    logger,
    override: [
      { provide: CURRENCY, useValue: 'GBP' },
      { provide: ExchangeRates, useValue: rates },
    ],
  });
  const call = async (name: string, args: object) => textOf(await server.app.callTool(name, { ...args }));
  assert.equal(await call('convert', { title: 'Emma', currency: 'JPY' }), '1800.00 JPY');
  assert.match(await call('quote', { first: 'Emma', second: 'Solaris' }), /12 GBP/);
  const { fields } = logger.lines.find(({ message }) => message === 'A quote is made') ?? {};
  assert.deepEqual([fields?.number, fields?.lines, fields?.ok], [1, 2, true]);
  assert.equal(fields?.method, 'tools/call', 'the Logger of a request says which one');
}

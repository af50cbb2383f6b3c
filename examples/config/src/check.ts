import { eachWay, overHttp, textOf, type CheckingClient } from '@tenon-examples/checking';
import assert from 'node:assert/strict';

const main = new URL('./main.js', import.meta.url);
const env = {
  MAIL_FROM: 'shop@example.com',
  MAIL_TOKEN: 'open sesame',
  MAX_RECIPIENTS: '2',
  LANGUAGES: 'de, en',
  DRY_RUN: 'yes',
};
await eachWay(main, check, { env });
await checkLog();
await checkMistakes();

async function check(client: CheckingClient): Promise<void> {
  const letter = (recipients: string, language: string) =>
    client.callTool('sendLetter', { recipients, language });
  assert.deepEqual((await letter('ada@example.com', 'de')).structuredContent, {
    from: 'shop@example.com',
    to: ['ada@example.com'],
    sent: false,
  });
  assert.equal(textOf(await letter('a@b.org, c@d.org, e@f.org', 'de')), 'A letter goes to 2 people at most');
  assert.equal(textOf(await letter('a@b.org', 'fr')), 'We write in de, en');
  assert.deepEqual((await client.callTool('settings')).structuredContent, {
    sender: 'shop@example.com',
    maxRecipients: 2,
    languages: ['de', 'en'],
    dryRun: true,
  });
}

/** One line says where each value came from, and no secret. */
async function checkLog(): Promise<void> {
  const some = { MAIL_FROM: 'shop@example.com', MAIL_TOKEN: 'open sesame' };
  const log = await overHttp(
    main,
    async ({ connect }) => {
      const { structuredContent } = await (await connect('2026-07-28')).callTool('settings');
      assert.deepEqual(structuredContent?.languages, ['en']);
    },
    { env: some },
  );
  const read = log.find((line) => line.includes('ShopConfig has been read')) ?? '{}';
  const { settings } = JSON.parse(read) as { settings: { variable: string; value: string; from: string }[] };
  assert.deepEqual(
    settings.map(({ variable, value, from }) => `${variable} = ${value} from ${from}`),
    [
      'MAIL_FROM = shop@example.com from environment',
      'MAIL_TOKEN = *** from environment',
      'MAX_RECIPIENTS = 10 from default',
      'LANGUAGES = ["en"] from default',
      'DRY_RUN = false from default',
    ],
  );
}

/** All that is wrong is told, and nothing is served. */
async function checkMistakes(): Promise<void> {
  const wrong = { MAIL_TOKEN: 'hush', MAX_RECIPIENTS: 'many', LANGUAGES: 'en,it' };
  const started = overHttp(main, () => assert.fail('It serves'), { env: wrong });
  await assert.rejects(started, ({ message }: Error) => {
    for (const variable of ['MAIL_FROM', 'MAIL_TOKEN', 'MAX_RECIPIENTS', 'LANGUAGES'])
      assert.match(message, new RegExp(`- ${variable} `));
    assert.ok(!message.includes('hush'));
    return true;
  });
}

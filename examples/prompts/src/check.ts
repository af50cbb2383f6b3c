import { eachWay } from '@tenon-examples/checking';
import assert from 'node:assert/strict';

await eachWay(new URL('./main.js', import.meta.url), async (client) => {
  const prompts = await client.listPrompts();
  assert.deepEqual(
    prompts.map(({ name, description, arguments: args }) => ({ name, description, args })),
    [
      {
        name: 'analyze',
        description: 'Asks for an analysis.',
        args: [{ name: 'topic', description: 'What is to be analyzed.', required: true }],
      },
      { name: 'help', description: 'What this server can do.', args: undefined },
      {
        name: 'interview',
        description: 'Begins an interview about a topic, in the tone that is asked for.',
        args: [
          { name: 'topic', description: 'What the interview is about.', required: true },
          {
            name: 'questions',
            description:
              'How many questions there are.\nWritten as JSON of this schema: {"type":"number","default":3}',
          },
          { name: 'tone', description: 'How they should sound.' },
        ],
      },
    ],
  );

  const said = async (name: string, args = {}) =>
    (await client.getPrompt(name, args)).messages.map(({ role, content }) => [
      role,
      content.type === 'text' ? content.text : content.type,
    ]);
  const [[role, text] = []] = await said('analyze', { topic: 'tidal power' });
  assert.equal(role, 'user');
  assert.match(String(text), /^Analyze tidal power considering:\n1\. Current state/);
  assert.match(String((await said('help'))[0]?.[1]), /Welcome to My Server!/);
  assert.deepEqual(await said('interview', { topic: 'bees' }), [
    ['user', 'I know a lot about bees. Ask me 3 questions, one at a time, and sound curious.'],
    ['assistant', 'Gladly! What made you begin with bees?'],
  ]);
  const [[, stern] = []] = await said('interview', { topic: 'bees', questions: '5', tone: 'stern' });
  assert.match(String(stern), /Ask me 5 questions.*sound stern/);
  await assert.rejects(client.getPrompt('interview', { topic: 'bees', questions: 'some' }), /questions/);

  await assert.rejects(client.getPrompt('analyze'), /topic/);
  await assert.rejects(client.getPrompt('praise'), { code: -32602 });
});

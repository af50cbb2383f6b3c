import { eachWay } from '@tenon-examples/checking';
import assert from 'node:assert/strict';

await eachWay(new URL('./main.js', import.meta.url), async (client) => {
  const review = { type: 'ref/prompt', name: 'review' } as const;
  const author = (value: string) => client.complete(review, { name: 'author', value });
  assert.deepEqual(await author('a'), ['Austen', 'Asimov']);
  assert.deepEqual(await author('as'), ['Asimov']);
  assert.deepEqual(await author('z'), []);

  const title = (value: string, known = {}) => client.complete(review, { name: 'title', value }, known);
  assert.deepEqual(await title('e'), ['Emma', 'Eden']);
  assert.deepEqual(await title('e', { author: 'Lem' }), ['Eden']);
  assert.deepEqual(await title('', { author: 'Asimov' }), ['Foundation', 'I, Robot']);

  const books = { type: 'ref/resource', uri: 'library://{author}/books' } as const;
  assert.deepEqual(await client.complete(books, { name: 'author', value: 'l' }), ['Lem']);
  const [found] = await client.readResource('library://Lem/books');
  assert.equal(found && 'text' in found && found.text, '["Eden","Fiasco","Solaris"]');
});

import { readFieldDoc } from '../../src/text/field-doc.js';

test('the doc comment above a field is read', () => {
  class Query {
    /** City as people write it. */
    city!: string;
    /**
     * Days ahead,
     * from today.
     */
    days: number = 3;
    note?: string;
  }
  expect(readFieldDoc(Query, 'city')?.description).toBe('City as people write it.');
  expect(readFieldDoc(Query, 'days')?.description).toBe('Days ahead, from today.');
  expect(readFieldDoc(Query, 'note')).toBeUndefined();
  expect(readFieldDoc(Query, 'absent')).toBeUndefined();
});

test('a field is not taken for another whose name begins like it', () => {
  class Query {
    /** The first. */
    cityName = 'a';
    /** A method. */
    city(): void {}
  }
  expect(readFieldDoc(Query, 'city')).toBeUndefined();
});

test('the doc comment of an ancestor is read, the nearest first', () => {
  class Page {
    /** How many. */
    limit = 10;
    /** Where from. */
    cursor = '';
  }
  class Search extends Page {
    /** How many hits. */
    override limit = 5;
  }
  expect(readFieldDoc(Search, 'limit')?.description).toBe('How many hits.');
  expect(readFieldDoc(Search, 'cursor')?.description).toBe('Where from.');
});

test('an ordinary comment between the doc comment and the field is passed over', () => {
  class Query {
    /** City. */ // checked by the API
    city!: string;
  }
  expect(readFieldDoc(Query, 'city')?.description).toBe('City.');
});

test('names with signs of their own and quoted names are found', () => {
  class Query {
    /** Money. */
    $cost = 1;
    /** Kind. */
    'content-type' = 'a';
  }
  expect(readFieldDoc(Query, '$cost')?.description).toBe('Money.');
  expect(readFieldDoc(Query, 'content-type')?.description).toBe('Kind.');
});

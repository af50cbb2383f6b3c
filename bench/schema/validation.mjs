// A program: checks values again and again and prints the microseconds of CPU of one check, as JSON.
import 'reflect-metadata';
import { compileSchema } from '../../packages/core/dist/schema/compile.js';
import { withCoercion } from '../../packages/core/dist/schema/coercion.js';
import { median } from '../measure/median.mjs';
import { Contact, Order, orderOf, Search } from './queries.mjs';

const ROUNDS = 31;

const search = { text: 'red shoes', limit: 20, order: 'asc', fuzzy: true, weight: 0.5 };
const contact = { name: 'Ada Lovelace', mail: 'ada@example.com', age: 36, member: true, note: 'Writes.' };

process.stdout.write(
  JSON.stringify({
    search: measure(Search, search, 20_000),
    contact: measure(Contact, contact, 20_000),
    order: measure(Order, orderOf(1000), 60),
    coerced: measure(Search, { ...search, limit: '20', fuzzy: 'true' }, 500),
  }),
);

/** As a tool checks its arguments: with the reading of strings behind it. */
function measure(cls, value, times) {
  const schema = withCoercion(compileSchema(cls, cls.name));
  const rounds = Array.from({ length: ROUNDS }, () => {
    const began = process.cpuUsage();
    for (let count = 0; count < times; count++)
      if (!schema.validate(value).ok) throw new Error(`${cls.name} refuses what it should accept.`);
    const { user, system } = process.cpuUsage(began);
    return (user + system) / times;
  });
  return median(rounds);
}

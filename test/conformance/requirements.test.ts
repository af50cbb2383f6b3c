import { readScored } from './requirements.js';

const REQUIREMENTS = `# What a revision requires.
server:
  - ping
  - tools-list

client:
  - auth/metadata-default

not_scored:
  - scenario: json-schema-2020-12
    leg: server
`;

test('the scored scenarios are those listed for servers', () => {
  expect(readScored(REQUIREMENTS)).toEqual(['ping', 'tools-list']);
});

test('a requirements file without a list for servers is refused, since every score of it would be empty', () => {
  expect(() => readScored('client:\n  - tools_call\n')).toThrow('lists no server scenarios');
});

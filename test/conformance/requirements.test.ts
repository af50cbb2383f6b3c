import { readAnnounced, readScored } from './requirements.js';

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

test('where nothing is listed, the scenarios are those that were begun, whether or not they came to an end', () => {
  const output = '\n=== Running scenario: ping ===\nRunning …\n\n=== Running scenario: tools-list ===\n';
  expect(readAnnounced(output)).toEqual(['ping', 'tools-list']);
});

test('a run without a scenario is refused, since every score of it would be empty', () => {
  expect(() => readAnnounced('=== SUMMARY ===\n')).toThrow('ran no scenario');
});

import assert from 'node:assert/strict';
import { same } from './same.js';
import type { StoreCase } from './store-case.js';

const KEYS: readonly string[] = [
  '',
  ' ',
  '.',
  '..',
  '/',
  '//',
  '../../etc/passwd',
  'a/../b',
  'b',
  '%2e%2e%2f',
  'a\u0000b',
  'a',
  'a\nb',
  'a\r\nDELETE k',
  '*',
  'a*',
  '[a]',
  '?',
  '\\',
  'a:b',
  'CON',
  'A',
  'é',
  'e\u0301',
  '日本',
  '\ud800',
  '\ud801',
  '\ufffd',
  '\ufffdd800',
  '__proto__',
  'constructor',
  'toString',
  '$where',
  'a.b',
  'k'.repeat(4096),
  `${'k'.repeat(4096)}l`,
];

/** Any string is a key, and no two strings are one. */
export const keyCases: readonly StoreCase[] = [
  {
    name: 'any string is a key like any other, and no two are one',
    run: async (store) => {
      for (const key of KEYS) assert.equal(await store.get(key), undefined, JSON.stringify(key));
      for (const [i, key] of KEYS.entries()) await store.set(key, i);
      for (const [i, key] of KEYS.entries()) assert.equal(await store.get(key), i, JSON.stringify(key));
      same(await store.getMany(KEYS), [...KEYS.keys()]);
      for (const key of KEYS) assert.equal(await store.delete(key), true, JSON.stringify(key));
      same(
        await store.getMany(KEYS),
        KEYS.map(() => undefined),
      );
    },
  },
];

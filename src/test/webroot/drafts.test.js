import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Drafts } from '../../../webroot/js/core/drafts.js';
import { fakeStorage } from './fake-storage.js';

const DAY_MS = 24 * 3_600_000;

test('a draft is there again in another page, with its sets and when it was kept', () => {
  const storage = fakeStorage();
  assert.equal(new Drafts(storage, () => 5).keep('pipeline:a', { text: 'x', ids: new Set(['1']) }), true);
  const { value, at } = new Drafts(storage).read('pipeline:a');
  assert.deepEqual([value.text, [...value.ids], at], ['x', ['1'], 5]);
  new Drafts(storage).drop('pipeline:a');
  assert.equal(new Drafts(storage).read('pipeline:a'), null);
});

test('what another version kept, or what is damaged, hides nothing and breaks nothing', () => {
  const storage = fakeStorage();
  storage.setItem('callboard.draft.one', '{"v":1,"value":{"a":1}}');
  storage.setItem('callboard.draft.two', '{half');
  const drafts = new Drafts(storage);
  assert.deepEqual([drafts.read('one'), drafts.read('two'), drafts.read('none')], [null, null, null]);
});

test('a full storage keeps the draft for this page and says so; old drafts make room first', () => {
  const storage = fakeStorage(220);
  let now = 0;
  const drafts = new Drafts(storage, () => now);
  drafts.keep('old', 'o'.repeat(100));
  now = 31 * DAY_MS;
  assert.equal(drafts.keep('new', 'n'.repeat(100)), true);
  assert.equal(drafts.read('old'), null);
  now += DAY_MS;
  assert.equal(drafts.keep('more', 'm'.repeat(100)), false);
  assert.equal(drafts.read('more').value.length, 100);
  assert.equal(drafts.read('new').value.length, 100);
  assert.equal(new Drafts(storage).read('more'), null);
});

test('a storage that is blocked is none', () => {
  const blocked = { getItem() { throw new Error('blocked'); }, setItem() { throw new Error('blocked'); }, removeItem() { throw new Error('blocked'); } };
  const drafts = new Drafts(blocked);
  assert.equal(drafts.keep('a', 1), false);
  assert.equal(drafts.read('a').value, 1);
  drafts.drop('a');
  assert.equal(drafts.read('a'), null);
  assert.equal(new Drafts(null).keep('a', 1), false);
});

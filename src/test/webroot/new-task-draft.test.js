import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Drafts } from '../../../webroot/js/core/drafts.js';
import { blank, dropTask, keepTask, keptTask } from '../../../webroot/js/core/new-task-draft.js';
import { fakeStorage } from './fake-storage.js';

const TEXT = { kind: 'text', text: 'The tide rises.' };

test('keeps what was typed and chosen, and inputs that have something in them', () => {
  const drafts = new Drafts(fakeStorage(), () => 7);
  keepTask(drafts, { ...blank(), typed: 'Tides' }, [TEXT, { kind: 'text', text: ' ' }, { kind: 'file', name: 'a' }]);
  const { values, items, at } = keptTask(drafts);
  assert.deepEqual([values, at], [{ ...blank(), typed: 'Tides' }, 7]);
  assert.deepEqual(items, [TEXT, { kind: 'file', name: 'a' }]);
});

test('a pipeline that was only looked at is nothing to keep', () => {
  const drafts = new Drafts(fakeStorage(), () => 7);
  keepTask(drafts, blank(), [TEXT]);
  keepTask(drafts, { ...blank(), chosen: 'auto' }, []);
  assert.equal(keptTask(drafts), null);
  keepTask(drafts, blank(), [TEXT]);
  dropTask(drafts);
  assert.equal(keptTask(drafts), null);
});

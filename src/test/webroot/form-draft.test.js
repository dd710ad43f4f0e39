import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Drafts } from '../../../webroot/js/core/drafts.js';
import { FormDraft } from '../../../webroot/js/core/form-draft.js';
import { fakeStorage } from './fake-storage.js';

const saved = { name: 'Payments', description: 'Old' };

test('what is typed is there again until it is saved, and what is put back is no draft', () => {
  const storage = fakeStorage();
  const drafts = new Drafts(storage, () => 7);
  const form = new FormDraft('project:1', saved, drafts);
  assert.deepEqual([form.state.restored, form.state.kept, form.patch], [null, null, {}]);
  form.type({ name: 'Refunds' });
  assert.equal(form.state.kept, true);
  const again = new FormDraft('project:1', saved, new Drafts(storage));
  assert.deepEqual([again.state.values.name, again.state.restored, again.patch], ['Refunds', 7, { name: 'Refunds' }]);
  again.type({ name: 'Payments' });
  assert.equal(new Drafts(storage).read('project:1'), null);
  again.type({ name: 'Refunds' });
  again.done();
  assert.equal(new FormDraft('project:1', saved, new Drafts(storage)).state.values.name, 'Payments');
});

test('members that only somebody else changed follow, those that both changed conflict', () => {
  const form = new FormDraft('p', saved, new Drafts(fakeStorage()));
  form.type({ name: 'Mine' });
  form.heard({ name: 'Payments', description: 'Theirs' });
  assert.deepEqual([form.state.conflicts, form.state.values], [[], { name: 'Mine', description: 'Theirs' }]);
  assert.deepEqual(form.patch, { name: 'Mine' });
  form.heard({ name: 'Their name', description: 'Theirs' });
  assert.deepEqual(form.state.conflicts, [{ key: 'name', mine: 'Mine', theirs: 'Their name' }]);
  form.type({ name: 'Their name' });
  assert.deepEqual(form.state.conflicts, []);
});

test('mine stays or theirs is taken, by choice', () => {
  const clash = () => {
    const form = new FormDraft('p', saved, new Drafts(fakeStorage()));
    form.type({ name: 'Mine', description: 'Also mine' });
    form.heard({ name: 'Theirs', description: 'Old' });
    return form;
  };
  const mine = clash();
  mine.keepMine();
  assert.deepEqual([mine.state.conflicts, mine.patch], [[], { name: 'Mine', description: 'Also mine' }]);
  mine.heard({ name: 'Theirs', description: 'Old' });
  assert.deepEqual(mine.state.conflicts, []);
  const theirs = clash();
  theirs.takeTheirs();
  assert.deepEqual([theirs.state.values.name, theirs.patch], ['Theirs', { description: 'Also mine' }]);
  theirs.discard();
  assert.deepEqual([theirs.state.values, theirs.state.kept], [{ name: 'Theirs', description: 'Old' }, null]);
});

test('a conflict is seen also when they saved while the draft lay', () => {
  const storage = fakeStorage();
  new FormDraft('p', saved, new Drafts(storage)).type({ name: 'Mine' });
  const form = new FormDraft('p', { ...saved, name: 'Theirs' }, new Drafts(storage));
  assert.deepEqual(form.state.conflicts, [{ key: 'name', mine: 'Mine', theirs: 'Theirs' }]);
});

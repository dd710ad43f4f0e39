import assert from 'node:assert/strict';
import { test } from 'node:test';
import { memberDiff, mergeMembers, rowsOf } from '../../../webroot/js/core/text-diff.js';

test('lines near a change are shown, the rest is a gap', () => {
  const same = (n, from) => Array.from({ length: n }, (_, i) => `l${from + i}\n`).join('');
  const rows = rowsOf([{ value: same(5, 1) }, { value: 'old\n', removed: true }, { value: 'new\nnewer\n', added: true }, { value: same(6, 7) }], { around: 2 });
  assert.deepEqual(rows.map(({ kind, text, n }) => (kind === 'gap' ? `gap ${n}` : `${kind} ${text}`)), [
    'gap 3', 'same l4', 'same l5', 'removed old', 'added new', 'added newer', 'same l7', 'same l8', 'gap 4']);
  assert.deepEqual(rows.filter(({ kind }) => kind !== 'gap').map(({ before, after }) => [before, after]), [
    [4, 4], [5, 5], [6, null], [null, 6], [null, 7], [7, 8], [8, 9]]);
  assert.deepEqual(rowsOf([{ value: 'a\nb\n' }]), [{ kind: 'gap', n: 2 }]);
});

test('two forms differ in these members; what I did not touch is theirs', () => {
  const base = { name: 'A', prompt: 'x', rule: { min: 1 } };
  const mine = { name: 'A', prompt: 'mine', rule: { min: 1 } };
  const theirs = { name: 'B', prompt: 'theirs', rule: { min: 1 } };
  assert.deepEqual(memberDiff(mine, theirs).map(({ key }) => key), ['name', 'prompt']);
  assert.deepEqual(mergeMembers(base, mine, theirs), { name: 'B', prompt: 'mine', rule: { min: 1 } });
  assert.deepEqual(memberDiff(mine, theirs, ['rule']), []);
});

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { idFromName, isId } from '../../../webroot/js/core/text.js';

test('makes an id from a name', () => {
  assert.equal(idFromName('Licence check'), 'licence-check');
  assert.equal(idFromName('  Überprüfung & Größe!  '), 'uberprufung-gro-e');
  assert.equal(idFromName('3D model'), 'stage-3d-model');
  assert.equal(idFromName('a__b.c'), 'a__b.c');
  assert.equal(idFromName('---'), '');
  assert.equal(idFromName('日本'), '');
});

test('every id it makes is one', () => {
  for (const name of ['x'.repeat(90), '- a', '1', 'A/B\\C', 'é', 'a.', 'Z-', `${'y'.repeat(63)}- tail`]) assert.ok(isId(idFromName(name)), name);
});

test('adds a number while the id is taken', () => {
  const taken = new Set(['check', 'check-2']);
  assert.equal(idFromName('Check', (id) => taken.has(id)), 'check-3');
  const long = 'x'.repeat(64);
  const other = idFromName(long, (id) => id === long);
  assert.equal(other, `${'x'.repeat(62)}-2`);
});

test('knows an id', () => {
  for (const id of ['a', 'a1', 'a._-z', 'a'.repeat(64)]) assert.ok(isId(id));
  for (const id of ['', 'A', '1a', '-a', 'a b', 'a'.repeat(65)]) assert.ok(!isId(id));
});

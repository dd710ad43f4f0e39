import assert from 'node:assert/strict';
import { test } from 'node:test';
import { PaletteModel } from '../../../webroot/js/core/palette-model.js';

const stage = (id, more) => ({ id, name: id, type: 'stage', ports: { inputs: [], outputs: [] }, revision: 1, ...more });
const ids = ({ sorted }) => sorted.map(({ id }) => id);

function model(...stages) {
  const palette = new PaletteModel();
  palette.replace({ stages, sources: [stage('files', { type: 'source' })], sinks: [stage('aim', { type: 'sink' })], revision: 1, epoch: 'e1' });
  return palette;
}

test('sorts by kind, then by title without regard to case and accents', () => {
  assert.deepEqual(ids(model(stage('b', { label: 'Éclair' }), stage('a', { label: 'zebra' }), stage('c', { label: 'Apple' }))), ['files', 'c', 'b', 'a', 'aim']);
});

test('a first snapshot changes nothing that anyone has seen', () => {
  const palette = new PaletteModel();
  assert.deepEqual(palette.replace({ stages: [stage('a')], revision: 3 }), { added: [], updated: [], removed: [] });
});

test('applies deltas in order and tells what changed', () => {
  const palette = model(stage('a'), stage('b'));
  const changes = palette.apply([
    { kind: 'added', revision: 2, stage: stage('c', { revision: 2 }) },
    { kind: 'updated', revision: 3, stage: stage('a', { label: 'Zoo', revision: 3 }) },
    { kind: 'removed', revision: 4, stage: { id: 'b', type: 'stage' } },
  ]);
  assert.deepEqual(changes.added, ['c']);
  assert.deepEqual(changes.updated, ['a']);
  assert.deepEqual(changes.removed.map(({ id }) => id), ['b']);
  assert.deepEqual(ids(palette), ['files', 'c', 'a', 'aim']);
  assert.equal(palette.revision, 4);
});

test('what comes and goes within one turn is no change', () => {
  const palette = model();
  const changes = palette.apply([
    { kind: 'added', revision: 2, stage: stage('x') },
    { kind: 'removed', revision: 3, stage: { id: 'x', type: 'stage' } },
  ]);
  assert.deepEqual(changes, { added: [], updated: [], removed: [] });
});

test('a later snapshot is compared with what was there', () => {
  const palette = model(stage('a'), stage('b'));
  const kept = palette.items.get('a');
  const changes = palette.replace({ stages: [stage('a'), stage('c')], sources: [stage('files', { type: 'source' })], revision: 9, epoch: 'e1' });
  assert.deepEqual(changes.added, ['c']);
  assert.deepEqual(changes.removed.map(({ id }) => id), ['b', 'aim']);
  assert.equal(palette.items.get('a'), kept);
});

test('its snapshot makes the same palette again', () => {
  const palette = model(stage('a'), stage('b'));
  const again = new PaletteModel();
  again.replace(palette.snapshot());
  assert.deepEqual(ids(again), ids(palette));
  assert.equal(again.epoch, 'e1');
});

import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  claimsIn, entitiesIn, figuresOf, lackOf, placesOf, qualityOf, rerunOf, typeOf,
} from '../../../webroot/js/core/document-facts.js';

test('known types have short names', () => {
  assert.equal(typeOf('text/html; charset=utf-8'), 'HTML');
  assert.equal(typeOf('application/x-odd'), 'application/x-odd');
  assert.equal(typeOf(null), '');
});

test('quality is a figure with a verdict', () => {
  assert.equal(qualityOf(null), null);
  assert.deepEqual(qualityOf({ valid: true, text_ratio: 0.98, replacement_share: 0 }), { tone: 'ok', share: 0.98 });
  assert.deepEqual(qualityOf({ valid: true, text_ratio: 0.3 }), { tone: 'wait', share: 0.3 });
  assert.deepEqual(qualityOf({ valid: true, warnings: ['odd'] }), { tone: 'wait', share: null });
  assert.deepEqual(qualityOf({ valid: false, score: 1.2 }), { tone: 'bad', share: 1 });
  assert.deepEqual(figuresOf({ a: 1, b: [2], c: 'x', d: null, e: true }), [['a', 1], ['c', 'x'], ['e', true]]);
});

test('a document is not whole before its task has completed', () => {
  assert.equal(lackOf({ complete: true, task_status: 'completed' }), null);
  assert.equal(lackOf({}), null);
  assert.equal(lackOf({ complete: false, task_status: 'failed' }), 'failed');
  assert.equal(lackOf({ complete: false, task_status: 'cancelled' }), 'cancelled');
  assert.equal(lackOf({ complete: false, task_status: 'awaiting_approval' }), 'open');
});

test('a document is run again with its own file and the pipeline of its task', () => {
  const document = { doc_id: 'd', title: 'A paper', sha256: 'f00', project_id: null };
  const task = { pipeline: 'auto', project: null, input: [{ sha256: 'bad', name: 'b.pdf' }, { sha256: 'f00', name: 'a.pdf' }] };
  assert.deepEqual(rerunOf(document, task), {
    title: 'A paper', pipeline: 'auto', input: [{ blob: 'f00', name: 'a.pdf' }], auto_start: true,
  });
  assert.deepEqual(rerunOf({ ...document, title: null, source: { name: 'c.pdf' } }, null), {
    title: 'c.pdf', input: [{ blob: 'f00', name: 'c.pdf' }], auto_start: true,
  });
  assert.equal(rerunOf({ ...document, project_id: 'p1' }, task).project, 'p1');
  assert.equal(rerunOf({ ...document, sha256: null }, task), null);
});

test('entities are marked where they stand in the text', () => {
  const goat = { id: 'organism:goat', places: [{ start: 9, end: 13 }, { start: -1, end: -1 }] };
  const value = { entities: [goat, { id: 'x', places: [{ start: 2, end: 5 }] }], claims: [{ id: 'c' }] };
  assert.deepEqual(placesOf(entitiesIn(value)).map(({ start, entity }) => [start, entity.id]), [[2, 'x'], [9, 'organism:goat']]);
  assert.equal(claimsIn(value).length, 1);
  assert.deepEqual(entitiesIn([goat]), [goat]);
  assert.deepEqual(claimsIn([goat]), []);
});

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { feeds, givenInputs, placeholders } from '../../../webroot/js/core/port-inputs.js';

const entries = {
  reads: { ports: { outputs: [{ name: 'document', type: 'document' }] } },
  splits: { ports: { outputs: [{ name: 'claims', type: 'claims' }, { name: 'names', type: 'names' }] } },
};

test('a port can be fed by every other stage, by each port where it has several', () => {
  const stages = [{ id: '1', name: 'Read', type: 'reads' }, { id: '2', name: 'Split', type: 'splits' },
    { id: '3', name: 'Own', type: 'reads' }, { id: '4', name: 'Gone', type: 'unknown' }];
  assert.deepEqual(feeds(stages, stages[2], (type) => entries[type]),
    ['Read', 'Split.claims', 'Split.names', 'Gone']);
  assert.deepEqual(feeds(stages, { name: 'New' }, (type) => entries[type]).length, 5);
});

test('a port for which nothing is chosen is not said', () => {
  assert.deepEqual(givenInputs({ text: 'Read', other: '' }), { text: 'Read' });
  assert.deepEqual(givenInputs(undefined), {});
});

test('a prompt may use its settings, but no secret', () => {
  const names = placeholders([{ key: 'tone', type: 'string' }, { key: 'token', type: 'secret' }]);
  assert.ok(names.includes('settings.tone') && names.includes('input') && names.includes('task.title'));
  assert.ok(!names.includes('settings.token'));
});

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { firstStages, isPipelineName, namedCopy, newPipeline } from '../../../webroot/js/core/pipelines.js';

test('a copy has another name and is the same text otherwise', () => {
  const yaml = '# Ours.\nname: auto\nversion: 1.0.0\nstages:\n  - name: auto\n    type: ingest # first\n';
  assert.equal(namedCopy(yaml, 'mine'), yaml.replace('name: auto\nv', 'name: "mine"\nv'));
  assert.equal(namedCopy('metadata:\n  name: x\nname: "a"\n', '1.0'), 'metadata:\n  name: x\nname: "1.0"\n');
  assert.deepEqual(JSON.parse(namedCopy('{"stages": [{"name": "a"}], "name": "old"}', 'new')), { stages: [{ name: 'a' }], name: 'new' });
});

test('a new pipeline has one stage that follows none', () => {
  const stage = { id: 'ingest', name: 'Ingest', label: 'Take in' };
  assert.deepEqual(newPipeline('mine', '', stage), {
    name: 'mine', version: '1.0.0', stages: [{ name: 'Take in', type: 'ingest', depends_on: [] }],
  });
  assert.equal(newPipeline('mine', 'Why', stage).metadata.description, 'Why');
});

test('names are those of the server', () => {
  assert.ok(['a', 'A.b-c_1', '9'].every(isPipelineName));
  assert.ok(!['', '-a', 'a b', 'a/b', 'x'.repeat(65)].some(isPipelineName));
});

test('the stages to begin with say which of them cannot run as they are', () => {
  const entry = (id, more = {}) => ({ id, name: id, type: 'stage', available: true, ...more });
  const entries = [
    entry('off', { available: false }), entry('b'), entry('a', { needs_prompt: true }), entry('src', { type: 'source' }),
    entry('c', { settings_schema: [{ key: 'k', required: true }] }),
    entry('d', { settings_schema: [{ key: 'k', required: true, default: 1 }], label: 'D' }),
  ];
  assert.deepEqual(firstStages(entries).map(({ value, runs }) => [value, runs]), [['b', true], ['d', true], ['a', false], ['off', false]]);
});

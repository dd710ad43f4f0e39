import assert from 'node:assert/strict';
import { test } from 'node:test';
import { merged, needsInput, offers, sampleCall } from '../../../webroot/js/core/triggers.js';

const hook = { id: '1', pipeline: 'p', source: 'hook', type: 'webhook', state: 'active' };
const nightly = { id: '2', pipeline: 'p', source: 'a-night', type: 'schedule', state: 'active' };

test('a frame changes one trigger, and a known address stays', () => {
  const items = [{ ...hook, url: 'http://h/api/hooks/x' }];
  const more = merged(items, { kind: 'updated', trigger: nightly }, 'p');
  assert.deepEqual(more.map(({ source }) => source), ['a-night', 'hook']);
  const paused = merged(more, { kind: 'updated', trigger: { ...hook, state: 'paused' } }, 'p');
  assert.equal(paused[1].url, 'http://h/api/hooks/x');
  assert.equal(paused[1].state, 'paused');
  assert.deepEqual(merged(paused, { kind: 'removed', trigger: hook }, 'p'), [nightly]);
});

test('frames of other pipelines change nothing', () => {
  const items = [nightly];
  assert.equal(merged(items, { kind: 'updated', trigger: { ...hook, pipeline: 'q' } }, 'p'), items);
});

test('a webhook without its address makes the list be read again', () => {
  assert.equal(merged([], { kind: 'updated', trigger: hook }, 'p'), null);
  assert.equal(merged(null, { kind: 'snapshot', data: { items: [hook] } }, 'p'), null);
  assert.deepEqual(merged(null, { kind: 'snapshot', data: { items: [nightly, { ...hook, pipeline: 'q' }] } }, 'p'), [nightly]);
});

test('a call of a signed webhook signs the time and the body', () => {
  assert.match(sampleCall('http://h/x', false), /^curl -X POST 'http:\/\/h\/x'/);
  assert.doesNotMatch(sampleCall('http://h/x', false), /Signature/);
  assert.match(sampleCall('http://h/x', true), /Callboard-Signature: t=\$t,v1=\$v1/);
});

test('sources decide what a person may give', () => {
  assert.deepEqual(offers({ sources: [] }), { files: true, text: true, urls: true });
  assert.deepEqual(offers(null), { files: true, text: true, urls: true });
  assert.deepEqual(offers({ sources: [{ type: 'urls' }, { type: 'schedule' }] }), { files: false, text: false, urls: true });
  assert.equal(needsInput({ sources: [{ type: 'schedule' }] }), false);
  assert.equal(needsInput({ sources: [{ type: 'text' }] }), true);
});
